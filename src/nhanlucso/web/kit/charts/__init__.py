"""Charts and maps drawn on the server as SVG; colours come from the stylesheet by class."""

from nhanlucso.web.kit.charts.bars import BarRow, bars
from nhanlucso.web.kit.charts.chart import Chart, Table, TableRow
from nhanlucso.web.kit.charts.meter import meter
from nhanlucso.web.kit.charts.places import MapPoint, points_map
from nhanlucso.web.kit.charts.trend import TrendPoint, trend

__all__ = [
    "BarRow",
    "Chart",
    "MapPoint",
    "Table",
    "TableRow",
    "TrendPoint",
    "bars",
    "meter",
    "points_map",
    "trend",
]
