"""Spreadsheets as they are: read cells → find the table → understand columns → clean values → rows → the register.

opening → grids · decoding → Unicode · headings, tables → what stands where · meanings, values, dates → what it says ·
reading → rows · matching, applying → the register. All but the last two know no database.
"""
