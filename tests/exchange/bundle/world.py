"""A small world as a bundle, written exactly as an export writes it.

Xã Cũ and half of xã Giữa became xã Mới on 1 July 2025; huyện Một ended that day.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

TABLES = {
    "units": """\
id,code,name,kind,parent_id,valid_from,valid_to,catalogue_key
cu,02944,Xã Cũ,commune,h1,,2025-06-30,02944@
giua,02945,Xã Giữa,commune,h1,,2025-06-30,
h1,086,Huyện Một,district,t,,2025-06-30,
khac,02950,Xã Khác,commune,t,2025-07-01,,
moi,02908,Xã Mới,commune,t,2025-07-01,,02908@2025
phong,,Phòng Văn hóa,division,h1,,2025-02-28,
phong,,Phòng Văn hóa - Thông tin,division,h1,2025-03-01,2025-06-30,
so,,Sở Thông tin,agency,t,,,
t,10,"Tỉnh ""A"", mới",province,,,,
thon1,,Thôn 1,village,cu,,2025-06-30,
thon1,,Thôn 1,village,moi,2025-07-01,,
""",
    "unit_changes": """\
id,kind,date,from_id,to_id,document
bo-h1,merge,2025-07-01,h1,t,
bo-phong,abolish,2025-07-01,phong,,QĐ 5
lap-so,create,2010-01-01,,so,
nhap-cu,merge,2025-07-01,cu,moi,1673/NQ-UBTVQH15
tach-giua,split,2025-07-01,giua,khac,1673/NQ-UBTVQH15
tach-giua,split,2025-07-01,giua,moi,1673/NQ-UBTVQH15
""",
    "people": """\
id,full_name,birth_date,sex,national_id,phone,email
p1,Lù A Sì,1985-03-07,m,010085000001,0912000001,si@x.vn
p2,NGUYỄN  Thị Hoà,1990,f,010190000002,,
p3,Giàng Thị Mỷ,,,,,
p4,Đỗ Văn Ất,1979,m,,0912000004,
p5,Người ngoài,,,,,
""",
    "posts": """\
id,person_id,unit_id,title,category,is_leader,is_main,duties,valid_from,valid_to,qualification
po1,p1,cu,Chủ tịch,civil_servant,true,true,dt_concurrent;dt_lead,2020-01-01,2025-06-30,Đại học
po2,p1,moi,Phó Chủ tịch,civil_servant,true,,,2025-07-01,,
po3,p2,so,Chuyên viên,public_employee,false,false,dt_dedicated;one_stop;records,,,Thạc sĩ
po4,p3,thon1,Trưởng thôn,part_time,,,,,,
po5,p4,phong,,,,,,2024-01-01,2025-06-30,
""",
    "programmes": """\
id,number,title,issuer,issued_on,valid_from,valid_to
da146,146/QĐ-TTg,Nâng cao nhận thức,Thủ tướng Chính phủ,2022-01-28,2022-01-28,
""",
    "plans": """\
id,number,title,issuer_unit_id,issued_on,valid_from,valid_to,programme_id
kh1,84/KH-UBND,Kế hoạch năm,t,2022-05-01,2022-05-01,2025-12-31,da146
kh2,,Kế hoạch của xã,moi,,,,
""",
    "activities": """\
id,plan_id,title,lead_unit_id,partner_unit_ids,starts_on,ends_on
hd1,kh1,Tập huấn,so,cu;moi,2024-01-01,2024-12-31
hd2,kh2,Ra quân,,,,
""",
    "directives": """\
id,number,title,issuer_unit_id,issued_on,plan_id
cv1,12/CV,Đôn đốc,so,2024-02-01,kh1
cv2,,Nhắc,,,
""",
    "targets": """\
id,plan_id,indicator,unit_id,year,value,comparator,quote
ct1,kh1,coverage.basic,t,2024,90,over,"Trên 90 %, hằng năm"
ct2,kh1,coverage.ict_standard,cu,2024,52.5,at_least,
ct3,kh2,teams.count,moi,2026,,,
""",
    "boards": """\
id,unit_id,name,standing_unit_id,decision,valid_from,valid_to
bcd1,t,Ban Chỉ đạo,so,QĐ 7,2022-01-01,
""",
    "board_members": """\
board_id,person_id,role,valid_from,valid_to
bcd1,p1,deputy,,2023-12-31
bcd1,p1,head,2024-01-01,
bcd1,p5,,,
""",
    "courses": """\
id,title,topics,counts_for,delivery,periods
k1,Kỹ năng số,An toàn;Dịch vụ công,basic_digital_skills;ict_standard,class,8
k2,Tự học,,basic_digital_skills,self_paced,
k3,,,,,
""",
    "classes": """\
id,course_id,title,form,mode,host_unit_id,co_host_unit_ids,round,capacity,activity_id
l1,k1,Lớp 1,class,in_person,so,cu;t,Đợt 1,60,hd1
l2,,Hội nghị,conference,hybrid,,,,,
l3,k3,Lớp của xã,class,,moi,,,,
""",
    "sessions": """\
id,class_id,starts_at,ends_at,place
b1,l1,2024-03-01T08:00:00+07:00,2024-03-01T11:00:00+07:00,Hội trường
b2,l1,2024-03-02T00:30:00.250000+07:00,,
b3,l3,2025-08-01T08:00:00+07:00,,
""",
    "attendance": """\
session_id,person_id,status,recorded_at
b1,p1,present,2024-03-01T08:05:00+07:00
b1,p2,absent,
b2,p1,late,2024-03-02T08:05:00+07:00
b3,p5,,
""",
    "invitations": """\
class_id,person_id,invited_at
l1,p1,2024-02-20T10:00:00+07:00
l1,p3,
""",
    "headcounts": """\
id,class_id,unit_id,audience,count,qualifier,date
d1,l2,so,đại biểu,1800,over,2024-04-01
d2,,cu,người dân,,,2024-04-02
d3,l3,moi,đại biểu,0,exact,2025-08-01
""",
    "results": """\
id,person_id,course_id,enrolled_at,completed_at,score,passed,source
r1,p1,k2,2024-01-01,2024-02-01,6,true,OneTouch
r2,p2,k2,2024-01-01,,5.6,false,
r3,p3,k1,,,0,,
r4,p3,k2,,,,,
""",
    "teams": """\
id,unit_id,name,decision,valid_from,valid_to
to1,thon1,Tổ thôn 1,QĐ 9,2022-01-01,
""",
    "team_members": """\
team_id,person_id,role,valid_from,valid_to
to1,p3,leader,2022-01-01,
to1,p4,,2022-01-01,2023-12-31
to1,p4,member,2025-01-01,
""",
    "assists": """\
id,team_id,date,field,people,outcome
ht1,to1,2024-05-01,health,3,helped
ht2,to1,2024-05-02,,,
""",
    "outreach": """\
id,unit_id,channel,date,title,count
tt1,cu,loudspeaker,2024-06-01,"Tin
hai dòng",4
tt2,moi,,2025-08-01,,
""",
}


class Bundle:
    """Tables that a test may change before they are written. Line 1 is the header, as in messages."""

    def __init__(
        self, tables: dict[str, str] | None = None, *, source: str = "nguon", **manifest: object
    ) -> None:
        self.tables = {
            name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in (tables or TABLES).items()
        }
        self.manifest = {"format": "nhanlucso-bundle", "version": 1, "source": source, **manifest}

    def set(self, name: str, line: int, column: str, value: str) -> Bundle:
        self.tables[name][line - 1][self.tables[name][0].index(column)] = value
        return self

    def add(self, name: str, *cells: str) -> Bundle:
        self.tables[name].append(list(cells))
        return self

    def drop(self, name: str, line: int) -> Bundle:
        del self.tables[name][line - 1]
        return self

    def only(self, *names: str) -> Bundle:
        self.tables = {name: self.tables[name] for name in names}
        return self

    def without_column(self, name: str, column: str) -> Bundle:
        at = self.tables[name][0].index(column)
        self.tables[name] = [row[:at] + row[at + 1 :] for row in self.tables[name]]
        return self

    def files(self) -> dict[str, bytes]:
        files = {"bundle.json": (json.dumps(self.manifest, ensure_ascii=False) + "\n").encode()}
        for name, rows in self.tables.items():
            files[f"{name}.csv"] = "".join(",".join(map(_cell, row)) + "\n" for row in rows).encode()
        return files

    def folder(self, path: Path) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        for name, content in self.files().items():
            (path / name).write_bytes(content)
        return path

    def zip(self, path: Path, prefix: str = "") -> Path:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in self.files().items():
                archive.writestr(prefix + name, content)
        return path


def _cell(text: str) -> str:
    """Quoted where RFC 4180 asks for it; the csv module leaves a lone CR bare."""
    return '"' + text.replace('"', '""') + '"' if re.search(r'[,"\r\n]', text) else text


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
