"""Official papers in the layout of decree 30/2020/NĐ-CP: one description (`paper.Paper`), three formats
(`word.render_docx`, `pdf.render_pdf`, `excel.render_xlsx`). No models, no settings, no requests."""
