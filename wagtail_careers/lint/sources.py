"""The sources of the rules: criteria of WCAG, and rules of style that others publish."""

from wagtail_careers.lint.rule import Source

_WCAG = "https://www.w3.org/WAI/WCAG22/Understanding/"
_NHS = "https://service-manual.nhs.uk/content/"
_GOVUK = "https://www.gov.uk/guidance/"
_DOCS = "https://github.com/wagtail-careers/wagtail-careers/blob/main/docs/"

STRUCTURE = Source("WCAG 2.2, 1.3.1: info and relationships", f"{_WCAG}info-and-relationships")
LINK_PURPOSE = Source(
    "WCAG 2.2, 2.4.4: link purpose (in context)", f"{_WCAG}link-purpose-in-context"
)
HEADINGS = Source("WCAG 2.2, 2.4.6: headings and labels", f"{_WCAG}headings-and-labels")
LANGUAGE = Source("WCAG 2.2, 3.1.2: language of parts", f"{_WCAG}language-of-parts")

NHS_WRITING = Source("NHS content guide: how we write", f"{_NHS}how-we-write")
NHS_LINKS = Source("NHS content guide: links", f"{_NHS}links")
NHS_FORMATTING = Source("NHS content guide: formatting", f"{_NHS}formatting")
NHS_PUNCTUATION = Source("NHS content guide: punctuation", f"{_NHS}punctuation")
NHS_NUMBERS = Source(
    "NHS content guide: numbers, measurements, dates and time",
    f"{_NHS}numbers-measurements-dates-time",
)
NHS_INCLUSIVE = Source("NHS content guide: inclusive content", f"{_NHS}inclusive-content")
NHS_LITERACY = Source("NHS content guide: health literacy", f"{_NHS}health-literacy")

GOVUK_WRITING = Source("GOV.UK: writing for GOV.UK", f"{_GOVUK}content-design/writing-for-gov-uk")
GOVUK_STYLE = Source("GOV.UK: A to Z of style", f"{_GOVUK}style-guide/a-to-z-of-gov-uk-style")

ADVERTS = Source(
    "Acas: how not to discriminate in job adverts",
    "https://www.acas.org.uk/index.aspx?articleid=4657",
)
GENDERED_WORDING = Source(
    "Gaucher, Friesen and Kay (2011): gendered wording in job advertisements",
    "https://doi.org/10.1037/a0022530",
)
EQUALITY_ACT = Source(
    "Equality Act 2010, section 19: indirect discrimination",
    "https://www.legislation.gov.uk/ukpga/2010/15/section/19",
)

LINKS = Source("wagtail-careers: look after links", f"{_DOCS}how-to/look-after-links.md")
REVIEW = Source(
    "wagtail-careers: review before publishing", f"{_DOCS}how-to/review-before-publishing.md"
)
ROLE_PAGES = Source("wagtail-careers: sections of a role page", f"{_DOCS}reference/blocks.md")
