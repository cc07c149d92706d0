"""Staff change the words of letters (`/quan-ly/thu/mau/`)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from shop.communication.event_type import CommunicationEventType
from shop.communication.staff.forms import WordingForm
from shop.communication.staff.framing import framed
from shop.communication.wording.engine import drawn
from shop.communication.wording.kinds import KINDS, PARTS, Kind, variables_of
from shop.communication.wording.letters import words_with
from shop.communication.wording.originals import original
from shop.communication.wording.samples import sample_facts
from shop.guards import staff_may

CHANGE = "communication.change_communicationeventtype"
LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))


@require_safe
@staff_may(CHANGE)
def kinds(request: HttpRequest) -> HttpResponse:
    """All letters whose words may be changed, and which of them were."""
    changed = {row.code: row for row in CommunicationEventType.objects.all()}
    rows = [
        (kind, [name for code, name in LANGUAGES if _is_changed(changed.get(kind.code), code)])
        for kind in KINDS.values()
    ]
    return render(request, "communication/staff_kinds.html", {"rows": rows, "tab": "kinds"})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(CHANGE)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The words of one letter in one language; “trở về bản gốc” forgets staff's."""
    kind, language = _kind(code), _language(request)
    row = CommunicationEventType.objects.filter(code=code).first()
    originals = _originals(code, language)
    here = f"{request.path}?ngon-ngu={language}"
    if request.method == "POST" and "original" in request.POST:
        _keep(code, language, dict.fromkeys(PARTS, ""))
        messages.success(request, _("Thư này trở về bản gốc của cửa hàng."))
        return redirect(here)
    written = {part: row.source(part, language) if row else "" for part in originals}
    initial = {part: written[part] or originals[part] for part in originals}
    form = WordingForm(request.POST or None, code=code, originals=originals, initial=initial)
    if request.method == "POST" and form.is_valid():
        _keep(code, language, form.cleaned_data)
        messages.success(request, _("Đã lưu. Thư viết từ bây giờ dùng lời này."))
        return redirect(here)
    context = {
        "kind": kind,
        "form": form,
        "language": language,
        "languages": LANGUAGES,
        "variables": _variables(code, language),
        "is_changed": _is_changed(row, language),
        "tab": "kinds",
    }
    status = 422 if form.is_bound else 200
    return render(request, "communication/staff_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(CHANGE)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The letter with sample facts, as it is kept or as it stands in the form; nothing is kept."""
    _kind(code)
    language = _language(request)
    row = CommunicationEventType.objects.filter(code=code).first()
    if request.method == "POST":
        form = WordingForm(request.POST, code=code, originals=_originals(code, language))
        if not form.is_valid():
            context = {"form": form, "language": language}
            return framed(render_to_string("communication/preview_refused.html", context))
        row = CommunicationEventType(code=code)
        for part, words in form.cleaned_data.items():
            row.set_source(part, language, words)
    with override(language):
        words = words_with(code, sample_facts(language), row)
    if request.GET.get("phan") == "text" or not words.html:
        return framed(render_to_string("communication/preview_text.html", {"words": words}))
    return framed(words.html)


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _language(request: HttpRequest) -> str:
    return "en" if request.GET.get("ngon-ngu") == "en" else "vi"


def _originals(code: str, language: str) -> dict[str, str]:
    found = {}
    for part in PARTS:
        try:
            found[part] = original(code, part, language)
        except TemplateDoesNotExist:
            continue
    return found


def _variables(code: str, language: str) -> list[tuple[str, str]]:
    """Each fact that the letter has, with the sample's own."""
    facts = sample_facts(language)
    with override(language):
        return [
            (name, drawn(f"{{{{ {name} }}}}", facts, is_html=False).strip()[:60])
            for name in sorted(variables_of(code))
        ]


def _is_changed(row: CommunicationEventType | None, language: str) -> bool:
    return row is not None and any(row.source(part, language) for part in PARTS)


def _keep(code: str, language: str, words: dict[str, str]) -> None:
    row, _made = CommunicationEventType.objects.get_or_create(
        code=code, defaults={"name": str(KINDS[code].name)}
    )
    for part, given in words.items():
        row.set_source(part, language, given)
    row.save()
