"""Setting up the second step of signing in, taking it, taking it off."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nhanlucso.access.models import Account, CodeApp, Passkey, RecoveryCode
from nhanlucso.access.secret import hash_of
from nhanlucso.access.services import require_charge
from nhanlucso.access.signing.attempts import attempts_at, claim, locked_now, signed_in, written
from nhanlucso.access.steps.codes import PAPER_CODES, new_paper_code, plain, step_of
from nhanlucso.access.steps.queries import must_have_second_step, own_second_step
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.sealing import Undecipherable, decrypt, encrypt
from nhanlucso.kernel.text import clean

KEYS_AT_MOST = 10


def check_code(*, account: Account, code: str, by: Scope, at: datetime) -> None:
    """Takes the second step with a code of the app or one on paper; then the account is signed in. `by` is a
    visitor who gave the right password.

    Raises Refused("wrong_code", "locked").
    """
    attempts = attempts_at(account)
    claim(attempts, account, at)
    typed = plain(code)
    if not (_app_says(account, typed, at) or _paper_says(account, typed, at)):
        raise locked_now(attempts, account, at) or Refused(
            "wrong_code",
            _("Mã không đúng hoặc đã dùng. Chờ mã mới trong ứng dụng; đồng hồ điện thoại phải đúng giờ."),
        )
    signed_in(attempts, account, at)


def set_up_app(*, account: Account, secret: str, code: str, by: Scope, at: datetime) -> list[str]:
    """Ties an app to one's own account, once it has shown a right code. Gives new codes on paper where there are
    none left, else nothing. Sent twice it ties once. Raises Refused("not_own", "wrong_code")."""
    _own(account, by)
    step = step_of(secret, plain(code), at)
    if step is None:
        raise Refused("wrong_code", _("Mã không đúng. Chờ mã mới trong ứng dụng rồi nhập lại."))
    with transaction.atomic():
        held = CodeApp.objects.filter(account=account).first()
        if held is not None and _opened(held) == secret:
            return []
        CodeApp.objects.update_or_create(
            account=account, defaults={"secret_cipher": encrypt(secret), "made_at": at, "last_step": step}
        )
        written("account.app", account, by.account_id, at)
        return _paper_if_none(account, by, at)


def keep_passkey(
    *, account: Account, handle: str, public: str, name: str, by: Scope, at: datetime
) -> list[str]:
    """Keeps the public half of a key that was checked (`passkeys.made`), and gives codes as `set_up_app`.

    Raises Refused("not_own", "too_many_keys", "key_taken").
    """
    _own(account, by)
    if account.passkeys.count() >= KEYS_AT_MOST:
        raise Refused("too_many_keys", _("Đã có %(most)s khóa. Bỏ bớt khóa cũ.") % {"most": KEYS_AT_MOST})
    try:
        with transaction.atomic():
            Passkey.objects.create(
                account=account, handle=handle, public=public, name=clean(name)[:100], made_at=at
            )
            written("account.passkey", account, by.account_id, at)
            return _paper_if_none(account, by, at)
    except IntegrityError:
        raise Refused("key_taken", _("Khóa này đã được lưu rồi.")) from None


def use_passkey(*, key: Passkey, counter: int, by: Scope, at: datetime) -> None:
    """Signs in with a key whose signature was checked. Raises Refused("key_copied") where its counter ran
    backwards, as that of a copy does."""
    if key.counter and counter <= key.counter:
        raise Refused(
            "key_copied", _("Khóa này có dấu hiệu bị sao chép nên không dùng được nữa. Dùng cách khác.")
        )
    Passkey.objects.filter(pk=key.pk).update(counter=counter, used_at=at)
    signed_in(attempts_at(key.account), key.account, at)


def new_paper_codes(*, account: Account, by: Scope, at: datetime) -> list[str]:
    """New codes on paper; the old ones open nothing any more. Raises Refused("not_own", "no_second_step")."""
    _own(account, by)
    if not own_second_step(by).is_there:
        raise Refused("no_second_step", _("Chưa có bước xác nhận thứ hai nên chưa cần mã dự phòng."))
    with transaction.atomic():
        return _paper(account, by, at)


def remove_app(*, account: Account, by: Scope, at: datetime) -> None:
    """Unties the app of one's own account. Raises Refused("not_own", "last_step")."""
    _own(account, by)
    with transaction.atomic():
        _keep_one(account, by, without_app=True)
        if CodeApp.objects.filter(account=account).delete()[0]:
            _removed(account, by, at)


def remove_passkey(*, key_id: int, by: Scope, at: datetime) -> None:
    """Forgets a key of one's own. Raises Refused("last_step"), Passkey.DoesNotExist for anybody else's."""
    found = Passkey.objects.select_related("account").get(pk=key_id, account_id=by.account_id or 0)
    with transaction.atomic():
        _keep_one(found.account, by, without_key=found.pk)
        found.delete()
        _removed(found.account, by, at)


def take_off_second_step(*, account: Account, by: Scope, at: datetime) -> None:
    """Takes everything of the second step off an account in one's charge whose owner lost it.

    Raises as `access.services.require_charge`; Refused("own_account").
    """
    if account.pk == by.account_id:
        raise Refused("own_account", _("Không tự gỡ cho mình ở đây; vào trang Đăng nhập hai bước."))
    by = require_charge(account=account, by=by, at=at)
    with transaction.atomic():
        gone = [CodeApp.objects.filter(account=account), Passkey.objects.filter(account=account)]
        if sum(rows.delete()[0] for rows in gone):
            RecoveryCode.objects.filter(account=account).delete()
            written("account.step_off", account, by.account_id, at)


def _own(account: Account, by: Scope) -> None:
    if account.pk != by.account_id:
        raise Refused("not_own", _("Chỉ đặt được cho tài khoản của chính mình."))


def _app_says(account: Account, typed: str, at: datetime) -> bool:
    """The one update that marks the half minute as used decides between two who send the same code."""
    app = CodeApp.objects.filter(account=account).first()
    secret = _opened(app) if app else ""
    step = step_of(secret, typed, at) if secret else None
    if app is None or step is None:
        return False
    return bool(CodeApp.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step))


def _opened(app: CodeApp) -> str:
    try:
        return decrypt(app.secret_cipher)
    except Undecipherable:
        return ""


def _paper_says(account: Account, typed: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(account=account, secret_hash=hash_of(typed), used_at__isnull=True)
    if not unused.update(used_at=at):
        return False
    written("account.paper_code", account, account.pk, at)
    return True


def _paper_if_none(account: Account, by: Scope, at: datetime) -> list[str]:
    left = RecoveryCode.objects.filter(account=account, used_at__isnull=True).exists()
    return [] if left else _paper(account, by, at)


def _paper(account: Account, by: Scope, at: datetime) -> list[str]:
    RecoveryCode.objects.filter(account=account).delete()
    made = [new_paper_code() for _ in range(PAPER_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, secret_hash=hash_of(plain(code))) for code in made
    )
    written("account.paper", account, by.account_id, at)
    return made


def _keep_one(account: Account, by: Scope, *, without_app: bool = False, without_key: int = 0) -> None:
    """Raises Refused("last_step") where nothing would be left and something must be."""
    keys = Passkey.objects.filter(~Q(pk=without_key), account=account).exists()
    app = not without_app and CodeApp.objects.filter(account=account).exists()
    if not (keys or app) and must_have_second_step(by):
        raise Refused(
            "last_step",
            _("Tài khoản này phải có bước xác nhận thứ hai. Thêm cách khác trước, rồi bỏ cách này."),
        )


def _removed(account: Account, by: Scope, at: datetime) -> None:
    if not (account.passkeys.exists() or CodeApp.objects.filter(account=account).exists()):
        RecoveryCode.objects.filter(account=account).delete()
    written("account.step_less", account, by.account_id, at)
