// Says of an element of the preview what assistive technology is told: role, name and states.
// Names and roles are found by axe-core, which is in the preview for Wagtail's own checks.
(() => {
  // Elements without a role in ARIA that the browser's accessibility tree has a role for.
  const TAGS = {
    audio: 'Audio',
    blockquote: 'blockquote',
    caption: 'caption',
    dl: 'DescriptionList',
    frame: 'Iframe',
    iframe: 'Iframe',
    label: 'LabelText',
    legend: 'Legend',
    summary: 'DisclosureTriangle',
    video: 'Video',
  };
  const GROUPS = ['address', 'details', 'fieldset', 'optgroup'];
  const FIELDS = ['textbox', 'searchbox', 'combobox', 'spinbutton'];
  const RANGES = ['slider', 'progressbar', 'meter'];
  const OF_THREE = {
    checked: ['checked', 'not checked', 'partly checked'],
    pressed: ['pressed', 'not pressed', 'partly pressed'],
  };
  const VALUES = ['true', 'false', 'mixed'];
  const NAMED_BY_AUTHOR = '[aria-label], [aria-labelledby], [title]';

  const oneLine = (text) => text.split(/\s+/u).filter(Boolean).join(' ');

  // JSON is also how the transcripts of the tests quote.
  const quoted = (text) => JSON.stringify(oneLine(text));

  const language = (element) =>
    (element.closest('[lang]')?.getAttribute('lang') ?? '').trim().toLowerCase();

  /**
   * Run `read` with axe's picture of the document, which its functions need. While axe checks the
   * document, it has one already.
   */
  const withTree = (axe, root, read) => {
    let isOurs = true;
    try {
      axe.setup(root);
    } catch {
      isOurs = false;
    }
    try {
      return read();
    } finally {
      if (isOurs) axe.teardown();
    }
  };

  /** Return functions that describe elements of a document. `say` translates a word. */
  const describer = (axe, kinds, say) => {
    const role = (element) => {
      const tag = element.localName;
      if (tag === 'summary' && element.parentElement.localName !== 'details') return '';
      if (!element.hasAttribute('role') && TAGS[tag]) return TAGS[tag];
      if (!element.hasAttribute('role') && GROUPS.includes(tag)) return 'group';
      return axe.commons.aria.getRole(element) ?? '';
    };

    const name = (element, ofRole) => {
      const isAuthors = element.matches(NAMED_BY_AUTHOR);
      // Content is no name for these, though axe may take it for one.
      const isContainer = kinds[ofRole] === 'container' || ['Video', 'Audio'].includes(ofRole);
      const isGroup = ofRole === 'group' && element.localName !== 'fieldset';
      if (!isAuthors && (isContainer || isGroup || ofRole === 'Iframe')) return '';
      if (!isAuthors && ofRole === 'DisclosureTriangle') {
        return oneLine(axe.commons.text.subtreeText(axe.utils.getNodeFromTree(element)));
      }
      if (!isAuthors && ofRole === 'table') {
        return oneLine(element.querySelector(':scope > caption')?.textContent ?? '');
      }
      return oneLine(axe.commons.text.accessibleText(element));
    };

    const description = (element, ofName) => {
      const references = axe.commons.dom.idrefs(element, 'aria-describedby').filter(Boolean);
      const texts = references.map((each) =>
        axe.commons.text.accessibleText(each, { inLabelledByContext: true }),
      );
      if (texts.length) return oneLine(texts.join(' '));
      const title = oneLine(element.getAttribute('title') ?? '');
      return title === ofName ? '' : title;
    };

    const value = (element, ofRole) => {
      const isSelect = element.localName === 'select';
      if (isSelect && ofRole === 'combobox') return element.selectedOptions[0]?.label ?? '';
      const text = element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow');
      const own = element.type === 'password' ? '' : element.value;
      if (FIELDS.includes(ofRole) || RANGES.includes(ofRole)) return String(text ?? own ?? '');
      return '';
    };

    const checked = (element, ofRole) => {
      if (!['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio'].includes(ofRole)) {
        return null;
      }
      if (element.localName !== 'input') return element.getAttribute('aria-checked') ?? 'false';
      return element.indeterminate ? 'mixed' : String(element.checked);
    };

    const expanded = (element, ofRole) => {
      if (ofRole === 'DisclosureTriangle') return element.parentElement.open;
      if (element.localName === 'select' && ofRole === 'combobox') return false;
      const given = element.getAttribute('aria-expanded');
      return given === null ? null : given === 'true';
    };

    const isInvalid = (element) => {
      const given = element.getAttribute('aria-invalid');
      if (given) return given !== 'false';
      return Boolean(element.willValidate) && !element.validity.valid;
    };

    const isDisabled = (element) =>
      (element.matches(':disabled') && element.localName !== 'fieldset') ||
      element.getAttribute('aria-disabled') === 'true';

    // The browser says of a box that has to be checked that it is invalid, and no more.
    const isRequired = (element) =>
      (element.required && !['checkbox', 'radio'].includes(element.type)) ||
      element.getAttribute('aria-required') === 'true';

    const isTrue = (element, attribute) => element.getAttribute(`aria-${attribute}`) === 'true';

    // In the order in which the transcripts of the tests have them.
    const states = (element, ofRole, ofName, needsName) => {
      const found = [];
      const add = (condition, ...words) => condition && found.push(say(...words));
      add(needsName && !ofName && ofRole !== 'separator', 'no name');
      if (ofRole === 'heading') {
        const level =
          element.getAttribute('aria-level') ?? element.localName.match(/\d/u)?.[0] ?? '2';
        add(true, 'level %s', level);
      }
      const current = (element.getAttribute('aria-current') ?? '').toLowerCase();
      add(current === 'true', 'current');
      add(!['', 'true', 'false'].includes(current), 'current %s', current);
      const isExpanded = expanded(element, ofRole);
      add(isExpanded === true, 'expanded');
      add(isExpanded === false, 'collapsed');
      const threefold = {
        checked: checked(element, ofRole),
        pressed: element.getAttribute('aria-pressed'),
      };
      Object.entries(OF_THREE).forEach(([state, words]) => {
        add(VALUES.includes(threefold[state]), words[VALUES.indexOf(threefold[state])]);
      });
      add(isTrue(element, 'selected') || (ofRole === 'option' && element.selected), 'selected');
      add(isDisabled(element), 'disabled');
      add(
        FIELDS.includes(ofRole) && (element.readOnly || isTrue(element, 'readonly')),
        'read-only',
      );
      add(isRequired(element), 'required');
      add(isTrue(element, 'modal') || element.matches('dialog:modal'), 'modal');
      add(isInvalid(element), 'invalid');
      add(!['', 'false'].includes(element.getAttribute('aria-haspopup') ?? ''), 'has popup');
      const ofValue = value(element, ofRole);
      add(ofValue, 'value %s', quoted(ofValue));
      const ofDescription = description(element, ofName);
      add(ofDescription, 'description %s', quoted(ofDescription));
      add(ofRole === 'Iframe', 'not included');
      return found;
    };

    return { role, name, states };
  };

  window.wagtailCareersHeard = {
    NAMED_BY_AUTHOR,
    describer,
    language,
    oneLine,
    quoted,
    withTree,
  };
})();
