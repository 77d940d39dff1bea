"""What SCIM is told of this service: its configuration, kinds of resources, their attributes (RFC 7643, 5–8)."""

from __future__ import annotations

from typing import Any

from nhanlucso.access.enums import Role
from nhanlucso.access.provisioning.rules import may_be_given
from nhanlucso.access.rules import NEEDS_UNIT

CORE = "urn:ietf:params:scim:schemas:core:2.0:"
USER, GROUP = f"{CORE}User", f"{CORE}Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
MESSAGES = "urn:ietf:params:scim:api:messages:2.0:"
LIST, ERROR, PATCH = f"{MESSAGES}ListResponse", f"{MESSAGES}Error", f"{MESSAGES}PatchOp"
MOST = 200  # resources in one answer
Doc = dict[str, Any]


def attribute(
    name: str,
    kind: str = "string",
    *,
    many: bool = False,
    required: bool = False,
    fixed: bool = False,
    unique: bool = False,
    exact: bool = False,
    words: list[str] | None = None,
    parts: list[Doc] | None = None,
    refers: list[str] | None = None,
    about: str = "",
) -> Doc:
    """An attribute as schemas tell of it; `fixed`: read only."""
    told: Doc = {
        "name": name,
        "type": kind,
        "multiValued": many,
        "description": about or name,
        "required": required,
        "caseExact": exact,
        "mutability": "readOnly" if fixed else "readWrite",
        "returned": "default",
        "uniqueness": "server" if unique else "none",
    }
    if words:
        told["canonicalValues"] = words
    if parts:
        told["subAttributes"] = parts
    if refers:
        told["referenceTypes"] = refers
    return told


def _of_all(role: str) -> bool:
    """Whether a role that a program may give means something without a unit."""
    return may_be_given(role) and role not in NEEDS_UNIT


_USER = [
    attribute("userName", required=True, unique=True, about="Tên đăng nhập, chữ thường"),
    attribute(
        "name",
        "complex",
        parts=[attribute(one) for one in ("formatted", "familyName", "middleName", "givenName")],
    ),
    attribute("displayName", about="Họ và tên"),
    attribute("preferredLanguage", words=["vi", "en"]),
    attribute("active", "boolean"),
    attribute(
        "emails",
        "complex",
        many=True,
        about="Một địa chỉ thư",
        parts=[attribute("value"), attribute("type", words=["work"]), attribute("primary", "boolean")],
    ),
    attribute(
        "roles",
        "complex",
        many=True,
        about="Vai trò: tên vai trò, dấu hai chấm, mã đơn vị",
        parts=[attribute("value", words=[one for one in Role.values if _of_all(one)])],
    ),
    attribute(
        "groups",
        "complex",
        many=True,
        fixed=True,
        parts=[
            attribute("value", fixed=True),
            attribute("$ref", "reference", fixed=True, exact=True, refers=["Group"]),
            attribute("display", fixed=True),
        ],
    ),
]
_ENTERPRISE = [attribute("employeeNumber", exact=True, unique=True, about="Mã cán bộ ở tài khoản tỉnh")]
_GROUP = [
    attribute("displayName", fixed=True),
    attribute(
        "members",
        "complex",
        many=True,
        fixed=True,
        parts=[
            attribute("value", fixed=True),
            attribute("$ref", "reference", fixed=True, exact=True, refers=["User"]),
            attribute("display", fixed=True),
        ],
    ),
]


def _schema(uid: str, name: str, attributes: list[Doc], about: str, base: str) -> Doc:
    return {
        "schemas": [f"{CORE}Schema"],
        "id": uid,
        "name": name,
        "description": about,
        "attributes": attributes,
        "meta": {"resourceType": "Schema", "location": f"{base}/Schemas/{uid}"},
    }


def schemas(base: str) -> list[Doc]:
    given = ", ".join(role for role in Role.values if may_be_given(role))
    return [
        _schema(USER, "User", _USER, f"Tài khoản. Vai trò giao được: {given}", base),
        _schema(ENTERPRISE, "EnterpriseUser", _ENTERPRISE, "Cán bộ", base),
        _schema(GROUP, "Group", _GROUP, "Vai trò ở một đơn vị; chỉ để đọc", base),
    ]


def resource_types(base: str) -> list[Doc]:
    def told(name: str, endpoint: str, schema: str, extensions: list[Doc]) -> Doc:
        return {
            "schemas": [f"{CORE}ResourceType"],
            "id": name,
            "name": name,
            "endpoint": endpoint,
            "description": name,
            "schema": schema,
            "schemaExtensions": extensions,
            "meta": {"resourceType": "ResourceType", "location": f"{base}/ResourceTypes/{name}"},
        }

    return [
        told("User", "/Users", USER, [{"schema": ENTERPRISE, "required": False}]),
        told("Group", "/Groups", GROUP, []),
    ]


def configuration(base: str) -> Doc:
    return {
        "schemas": [f"{CORE}ServiceProviderConfig"],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST},
        "changePassword": {"supported": False},
        "sort": {"supported": False},
        "etag": {"supported": True},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Mã truy cập của chương trình",
                "description": "Authorization: Bearer …",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": f"{base}/ServiceProviderConfig"},
    }
