"""Invented example content of the page of patterns; the figures are those of no real office."""

from __future__ import annotations

from nhanlucso.web.kit.charts import BarRow, Chart, MapPoint, TrendPoint, bars, points_map, trend

_AS_OF = "2024-09-14T17:05:00+07:00"
SENTENCE = (
    "Phổ cập kỹ năng số cơ bản, xã Tằng Loỏng, 9 tháng năm 2024: 93,5 % (29 trên 31), số liệu lúc 14/09/2024."
)

COVERAGE = {
    "value": 93.41,
    "numerator": 255,
    "denominator": 273,
    "qualifier": "exact",
    "low": 92.1,
    "high": 94.2,
    "unallocated": 3,
    "unit": "%",
    "as_of": _AS_OF,
}
SHORT = {
    **COVERAGE,
    "value": 52.38,
    "numerator": 55,
    "denominator": 105,
    "low": 52.38,
    "high": 52.38,
    "unallocated": 0,
}
ATTENDANCES = {"value": 1037, "qualifier": "over", "low": 1037, "high": 1037, "unit": "lượt", "as_of": _AS_OF}
PERSONS = {"value": 612, "qualifier": "exact", "low": 612, "high": 640, "unit": "người", "as_of": _AS_OF}
DELEGATES = {
    "value": 11320,
    "qualifier": "about",
    "low": 11320,
    "high": 11320,
    "unit": "lượt",
    "as_of": _AS_OF,
}
NOBODY = {"value": None, "denominator": 0, "unit": "%", "as_of": _AS_OF}

COMMUNES: tuple[tuple[str, float, float, int, float | None], ...] = (
    ("Phố Lu", 104.185, 22.318, 46, 97.8),
    ("Tằng Loỏng", 104.136, 22.239, 38, 94.7),
    ("Phong Hải", 104.251, 22.452, 31, 90.3),
    ("Bản Cầm", 104.176, 22.474, 19, 84.2),
    ("Bản Phiệt", 104.088, 22.515, 24, 91.7),
    ("Gia Phú", 104.071, 22.372, 27, 88.9),
    ("Phú Nhuận", 104.105, 22.187, 21, 100.0),
    ("Phong Niên", 104.263, 22.401, 23, 78.3),
    ("Sơn Hà", 104.171, 22.281, 20, 65.0),
    ("Sơn Hải", 104.229, 22.287, 18, 55.6),
    ("Thái Niên", 104.149, 22.415, 25, 92.0),
    ("Trì Quang", 104.281, 22.338, 19, 38.0),
    ("Xuân Giao", 104.091, 22.300, 22, None),
    ("Xuân Quang", 104.236, 22.364, 28, 71.4),
)


def context() -> dict[str, object]:
    """Everything the template names, except forms and paging."""
    return {
        "crumbs": [("Tỉnh Lào Cai", "#"), ("Huyện Bảo Thắng", "#"), ("Mẫu giao diện", "")],
        "coverage": COVERAGE,
        "target_missed": SHORT,
        "attendances": ATTENDANCES,
        "persons": PERSONS,
        "delegates": DELEGATES,
        "nobody": NOBODY,
        "communes": [_commune_row(row) for row in COMMUNES[:6]],
        "bars": _bars(),
        "counts": _counts(),
        "trend": _trend(),
        "map": _map(),
        "nothing": bars([], "%", "Chưa có kỳ nào được chốt"),
        "problems": [
            {
                "message": "Dòng 14, cột «Ngày sinh»: 31/02/1985 không có. Sửa trong tệp rồi tải lại, hoặc để trống."
            },
            {"message": "Dòng 27, cột «Đơn vị»: không tìm thấy «Xã Phú Nhuân». Có phải Xã Phú Nhuận?"},
        ],
    }


def _commune_row(row: tuple[str, float, float, int, float | None]) -> dict[str, object]:
    name, _lon, _lat, staff, share = row
    return {"name": name, "staff": staff, "share": share, "reached": share is not None and share >= 90}


def _bars() -> Chart:
    rows = [
        BarRow("Xã Phú Nhuận", 100.0, target=90, href="#phu-nhuan"),
        BarRow("Thị trấn Phố Lu", 97.8, 95.7, 97.8, 90, "#pho-lu"),
        BarRow("Trung tâm Văn hóa, Thể thao – Truyền thông huyện", 84.2, 73.7, 89.5, 90, "#trung-tam"),
        BarRow("Xã Trì Quang", 38.0, target=90, href="#tri-quang"),
        BarRow("Xã Xuân Giao", None, target=90, href="#xuan-giao"),
    ]
    return bars(rows, "%", "Ba trong năm đơn vị còn dưới chỉ tiêu 90\u00a0%")


def _counts() -> Chart:
    rows = [BarRow("Trực tiếp", 742), BarRow("Trực tuyến", 1295), BarRow("Kết hợp", 118)]
    return bars(rows, "lượt", "Học trực tuyến nhiều hơn học trực tiếp")


def _trend() -> Chart:
    points = [
        TrendPoint("9T/2021", 41.2, 36, 47),
        TrendPoint("9T/2022", 63.5, 58, 66),
        TrendPoint("9T/2023", None),
        TrendPoint("9T/2024", 93.41, 92.1, 94.2),
    ]
    return trend(points, 90, "Chín tháng 2024 lần đầu vượt chỉ tiêu", "%")


def _map() -> Chart:
    points = [MapPoint(name, lon, lat, staff, share, f"#{lon}") for name, lon, lat, staff, share in COMMUNES]
    return points_map(
        points,
        "Các xã phía đông còn thấp",
        size_word="cán bộ, công chức",
        share_word="Tỷ lệ có kỹ năng số cơ bản",
        steps=(50, 70, 80, 90),
    )
