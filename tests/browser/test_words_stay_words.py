"""What a real browser makes of hostile words: no script runs, no dialog opens, the policy is broken nowhere."""

import pytest

from tests.house.guarded_bakery import FOUNDER, raised
from tests.security.looking import addresses, look
from tests.security.planting import plant
from tests.security.saying import ROGUE, Speaker, payloads

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VISITED = (
    "/home/",
    "/scorecards/old-town/2026-09/",
    "/maps/old-town/2026-09/",
    "/measures/sales/old-town/2026-09/",
    "/objectives/grow-sales/old-town/2026-09/",
    "/entry/old-town/2026-09/",
    "/import/files/upload-old-town/columns/",
    "/edit/measures/sales/",
    "/search/?q=%3Crogue7731%3E",
)
REFUSED = "status of 422"
"""What Chromium says on its console of the file that no mapping can read: an answer, not a fault."""
BETRAYING = f"""
window.{ROGUE} = () => console.error("{ROGUE} ran");
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => console.error(name + " was called");
"""
FOREIGN_NODES = """
(pages) => pages.flatMap(([address, text]) => {
  const parsed = new DOMParser().parseFromString(text, "text/html"), told = [];
  const ours = (said) => {
    try {
      const url = new URL(said, document.baseURI);
      return ["http:", "https:", "mailto:", "otpauth:"].includes(url.protocol)
        && ["", location.host, "testserver", "localhost", "localhost:8000"].includes(url.host);
    } catch { return true; }
  };
  for (const node of parsed.querySelectorAll("*")) {
    const kind = node.localName;
    if (kind.includes("ROGUE") || /^(iframe|object|embed|base|style|math|foreignobject|xmp)$/i.test(kind))
      told.push(kind);
    if (kind === "script" && !node.src && node.type !== "application/json") told.push("a script");
    for (const { name, value } of node.attributes) {
      if (name.includes("ROGUE") || /^(on|hx-on|data-hx-on|srcdoc$|style$)/.test(name)) told.push(`${kind} ${name}`);
      if (/^(href|src|action|formaction|xlink:href|hx-(get|post|put|delete|patch))$/.test(name)
          && !value.startsWith("data:image/") && !ours(value)) told.push(`${kind} ${name}=${value.slice(0, 60)}`);
    }
  }
  return told.map((each) => `${address}: ${each}`);
})
""".replace("ROGUE", ROGUE)

RAW = [
    ["raw", f"<p>{words}</p>"]
    for words in (
        "<rogue7731>",
        "<img src=x onerror=rogue7731()>",
        "<b style=x>",
        "<a href=java&#9;script:rogue7731()>",
    )
]


@pytest.fixture
def house(db, settings, tmp_path):
    """Every payload stands somewhere, and a founder looks at it."""
    settings.FOURFOLD_HOME = tmp_path
    built = raised(tmp_path)
    plant(Speaker(payloads()), remarks=25)
    return built


@pytest.fixture
def founder(visit, house):
    """A watched browser: whatever it says on its console fails the test."""
    begun = visit()
    begun.context.add_init_script(BETRAYING)
    begun.context.add_cookies([{"name": "sessionid", "value": house.sessions[FOUNDER], "url": begun.address}])
    return begun


def test_no_word_comes_to_life_in_a_real_browser(founder, house):
    """The pages people use are opened; then every page as it is sent goes through the parser that people have."""
    assert sum(ROGUE in opened(founder, address) for address in VISITED) > 5
    reader = founder.open("/glossary/")
    answers = [look(house, address) for address in addresses(house)]
    pages = [[each.address, each.text] for each in answers if each.kind == "text/html"]
    assert len(pages) > 100
    assert reader.evaluate(FOREIGN_NODES, pages) == []
    founder.watch.complaints[:] = [told for told in founder.watch.complaints if REFUSED not in told]


def test_the_parser_sees_what_came_to_life(browser, live_server):
    """The test above can fail; nobody watches here, since the policy rightly complains."""
    page = browser.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    assert len(page.evaluate(FOREIGN_NODES, RAW)) == len(RAW)
    page.close()


def opened(founder, address):
    """The page as it stands once its islands have done their work; what opens a dialog is told of."""
    page = founder.open(address)
    page.on("dialog", lambda dialog: founder.watch.complaints.append(dialog.message))
    for field in page.locator("main [tabindex], main summary").all()[:2]:
        field.focus()
    content = page.content()
    page.close()
    return content
