"""An audit that goes on: browsers, the server, and the progress that is kept."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_selenium_python import Axe
from django.utils import timezone
from django.utils.translation import gettext as _
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver
from wagtail.models import Site

from wagtail_careers import __version__
from wagtail_careers.audit.pages import Target
from wagtail_careers.audit.plan import Plan, PlanError
from wagtail_careers.audit.progress import Progress, ProgressError
from wagtail_careers.audit.results import Audit, PageAudit
from wagtail_careers.audit.run import Work, results
from wagtail_careers.audit.server import serving
from wagtail_careers.audit.visit import audit_page
from wagtail_careers.testing import axe, browser


@dataclass
class Running:
    """An audit under way. Take all ``pages``, then the ``audit``, and ``forget_progress`` last."""

    plan: Plan
    driver: WebDriver | None
    addresses: dict[int, str]
    started_at: str
    tools: dict[str, str]
    progress: Progress | None = None
    done: list[PageAudit] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.plan.targets)

    def pages(self) -> Generator[PageAudit, None, None]:
        """Yield the results for each page, those of an earlier run first."""
        self.done = self._known()
        yield from self.done
        known = {page.path for page in self.done}
        jobs = [target for target in self.plan.targets if target.name not in known]
        driver, self.driver = self.driver or start_browser(), None
        with closing(results(self._work(), jobs, self.plan.workers, driver)) as new:
            for page in new:
                self.done.append(page)
                if self.progress:
                    self.progress.add(page)
                yield page

    def audit(self) -> Audit:
        """Return the results, in the order of the plan."""
        order = {target.name: number for number, target in enumerate(self.plan.targets)}
        return Audit(
            site=_site_name(self.plan),
            started_at=self.started_at,
            finished_at=timezone.now().isoformat(),
            modes=tuple(mode.name for mode in self.plan.modes),
            tools=self.tools,
            pages=tuple(sorted(self.done, key=lambda page: order[page.path])),
        )

    def forget_progress(self) -> None:
        """Let the next audit begin anew. Call it when the results are kept."""
        if self.progress:
            self.progress.finish()

    def _known(self) -> list[PageAudit]:
        """Return the results of an earlier run for pages that were not published since."""
        versions = {target.name: target.version for target in self.plan.targets}
        known = self.progress.pages if self.progress else []
        kept = {page.path: page for page in known if versions.get(page.path) == page.version}
        return list(kept.values())

    def _work(self) -> Work[Target, PageAudit]:
        return Work(start=start_browser, do=self._do, give_up=_gave_up)

    def _do(self, driver: WebDriver, target: Target) -> PageAudit:
        address = f"{self.addresses[target.site]}{target.path}"
        return audit_page(driver, target, address, self.plan.modes)


@contextmanager
def carry_out(plan: Plan, resume: Path | None) -> Iterator[Running]:
    """Start what an audit needs, and give it as one that has not opened a page yet.

    Raises ``PlanError`` if there is no browser, if the site cannot be reached, or if ``resume`` is
    not the progress of an audit like this one.
    """
    started_at = timezone.now().isoformat()
    with ExitStack() as stack:
        progress = stack.enter_context(_progress(resume, plan, started_at)) if resume else None
        driver = _start()
        unused = stack.enter_context(ExitStack())
        unused.callback(driver.quit)
        sites = {target.site for target in plan.targets}
        if plan.base_url:
            _check_reachable(driver, plan.base_url)
            addresses = dict.fromkeys(sites, plan.base_url)
        else:
            addresses = stack.enter_context(serving(sites))
        running = Running(
            plan,
            driver,
            addresses,
            progress.started_at if progress else started_at,
            _tools(driver),
            progress,
        )
        # From here on, the pages end the browser, unless nobody takes them.
        unused.pop_all()
        try:
            yield running
        finally:
            if running.driver:
                running.driver.quit()


def start_browser() -> WebDriver:
    """Start a browser that has axe-core in each page."""
    driver = browser.chrome()
    axe.preload(driver)
    return driver


def _start() -> WebDriver:
    try:
        return start_browser()
    except WebDriverException as error:
        reason = (error.msg or "").strip().partition("\n")[0]
        message = _("No browser can be started: %(reason)s Install Chromium or Google Chrome.")
        raise PlanError(message % {"reason": reason}) from error


def _check_reachable(driver: WebDriver, url: str) -> None:
    reason = browser.load(driver, url)
    if isinstance(reason, str):
        message = _("%(url)s cannot be reached: %(reason)s. Check that the site runs.")
        raise PlanError(message % {"url": url, "reason": reason})


def _progress(path: Path, plan: Plan, started_at: str) -> Progress:
    audit = {"modes": [mode.name for mode in plan.modes], "base_url": plan.base_url}
    try:
        return Progress(path, audit, started_at)
    except OSError as error:
        message = _("Cannot use %(file)s: %(reason)s.")
        raise PlanError(message % {"file": path, "reason": error.strerror}) from error
    except ProgressError as error:
        message = _(
            "%(file)s is not the progress of an audit of this site in these modes. Delete it, or "
            "give another file."
        )
        raise PlanError(message % {"file": path}) from error


def _tools(driver: WebDriver) -> dict[str, str]:
    """Return the versions of what tests the pages, by name."""
    Axe(driver).inject()
    return {
        "wagtail-careers": __version__,
        "axe-core": str(driver.execute_script("return axe.version")),
        str(driver.capabilities["browserName"]): str(driver.capabilities["browserVersion"]),
    }


def _site_name(plan: Plan) -> str:
    site = Site.objects.filter(is_default_site=True).first()
    name = (site.site_name or site.root_url) if site else ""
    return plan.base_url or name


def _gave_up(target: Target, reason: str) -> PageAudit:
    error = _("The browser stopped: %(reason)s") % {"reason": reason}
    return PageAudit(target.name, target.title, target.url, target.version, error=error)
