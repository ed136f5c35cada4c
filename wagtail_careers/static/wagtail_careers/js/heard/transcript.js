// Makes the spoken transcript of a document, in the form of wagtail_careers/testing/transcript.py.
(() => {
  const heard = window.wagtailCareersHeard;

  const INLINE = /^(inline|contents|ruby.*|none|)$/u;
  // Voices only pause at these, or do not see them.
  const SILENT = /^[\p{P}\p{Z}\p{C}]*$/u;
  // What Wagtail adds to a preview, and what browsers leave out.
  const LEFT_OUT = /^(wagtail-.*|noscript|rp|rt)$/u;
  const CASES = {
    uppercase: (text) => text.toUpperCase(),
    lowercase: (text) => text.toLowerCase(),
  };
  const asItIs = (text) => text;

  const styleOf = (element, pseudo) =>
    element.ownerDocument.defaultView.getComputedStyle(element, pseudo);

  /** Return whether neither the element nor anything in it is told to assistive technology. */
  const isPruned = (element) =>
    LEFT_OUT.test(element.localName) ||
    element.getAttribute('aria-hidden') === 'true' ||
    element.inert ||
    styleOf(element).display === 'none' ||
    styleOf(element).contentVisibility === 'hidden';

  const blockOf = (element) => {
    for (let node = element; node; node = node.parentElement) {
      if (!INLINE.test(styleOf(node).display)) return node;
    }
    return null;
  };

  // A style sheet can change the case of the letters that are read.
  const inCase = (text, element, block) => {
    const changed = (CASES[styleOf(element).textTransform] ?? asItIs)(text);
    const ofFirst = block && CASES[styleOf(block, '::first-letter').textTransform];
    if (!ofFirst || !block.textContent.trimStart().startsWith(text.trim())) return changed;
    return changed.replace(/\S/u, ofFirst);
  };

  // Quotation marks and the numbers of lists are not read: `content` has a function for each.
  const generatedText = (element, pseudo) => {
    const { content, display } = styleOf(element, pseudo);
    if (display === 'none' || !content || content === 'none') return '';
    const spoken = content.split(' / ').pop();
    const parts = spoken.match(/"(?:[^"\\]|\\.)*"/gu) ?? [];
    const text = parts.map((part) => part.slice(1, -1).replaceAll('\\', '')).join('');
    // A number or a bullet before an entry, which its position says as well.
    return /\p{L}/u.test(text) ? text : '';
  };

  const counted = (say, count, noun) => say(count === 1 ? `%s ${noun}` : `%s ${noun}s`, count);

  /**
   * Return the lines of a transcript: `role`, `name`, `states`, `depth` and `language`, and with
   * them `block` for texts. `vocabulary` comes from the server, and `say` translates.
   */
  const transcribe = (root, axe, vocabulary, say) => {
    const describe = heard.describer(axe, vocabulary.kinds, say);
    const pageLanguage = heard.language(root);

    const kindOf = (role, name) => {
      if (vocabulary.onlyIfNamed.includes(role)) return name ? 'container' : 'through';
      return vocabulary.kinds[role] ?? 'through';
    };

    const described = new Map();
    const about = (element) => {
      if (!described.has(element)) {
        const role = describe.role(element);
        const isAuthors = ['entry', 'item'].includes(vocabulary.kinds[role]);
        const name =
          isAuthors || !(role in vocabulary.kinds || vocabulary.onlyIfNamed.includes(role))
            ? ''
            : describe.name(element, role);
        const isFromContent =
          vocabulary.kinds[role] === 'named from content' &&
          !element.matches(heard.NAMED_BY_AUTHOR);
        described.set(element, {
          role,
          name: isFromContent ? inCase(name, element, null) : name,
          kind: kindOf(role, name),
        });
      }
      return described.get(element);
    };

    const inLanguages = (languages) => {
      const found = new Set(languages);
      const others = [...found].filter((each) => each && each !== pageLanguage).sort();
      if (!others.length) return [];
      return [
        found.size === 1 ? say('language %s', others[0]) : say('partly in %s', others.join(' ')),
      ];
    };

    const textLine = (text, element, context) => {
      if (!context.texts || !text) return [];
      const language = heard.language(element);
      const block = blockOf(element);
      return [
        {
          role: 'text',
          name: inCase(text, element, block),
          states: inLanguages([language]),
          depth: context.depth,
          language,
          block,
        },
      ];
    };

    const isVisible = (element) => styleOf(element).visibility === 'visible';

    // Browsers do not show the texts of a disclosure that is closed, but do not hide elements.
    const shownChildren = (element) => {
      const isClosed = element.localName === 'details' && !element.open;
      return [...element.childNodes].filter(
        (child) => !isClosed || child === element.querySelector(':scope > summary'),
      );
    };

    const textsIn = (element) => {
      const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { parentElement, data } = walker.currentNode;
        if (data.trim() && !parentElement.closest('[aria-hidden="true"]'))
          found.push(parentElement);
      }
      return found;
    };

    const languagesOf = (element, kind) => {
      if (kind === 'whole') return [heard.language(element)];
      if (kind !== 'named from content') return [];
      const texts = textsIn(element).map(heard.language);
      return texts.length ? texts : [heard.language(element)];
    };

    const itemsOf = (element) =>
      shownChildren(element).flatMap((child) => {
        if (child.nodeType !== Node.ELEMENT_NODE || isPruned(child)) return [];
        const { kind } = about(child);
        if (kind === 'item') return [child];
        return kind === 'through' ? itemsOf(child) : [];
      });

    const tableStates = (element) => {
      const inTable = (selector) =>
        [...element.querySelectorAll(selector)].filter(
          (each) => each.closest('table, [role="table"], [role="grid"]') === element,
        );
      const rows = inTable('tr, [role="row"]').filter((row) => !isPruned(row));
      const columns = rows.map((row) => [...row.children].filter((cell) => !isPruned(cell)).length);
      return [counted(say, rows.length, 'row'), counted(say, Math.max(0, ...columns), 'column')];
    };

    const merged = (lines) => {
      const found = [];
      lines.forEach((line) => {
        const last = found.at(-1);
        if (line.block && last?.block === line.block && last.language === line.language) {
          found[found.length - 1] = { ...last, name: last.name + line.name };
        } else {
          found.push(line);
        }
      });
      return found
        .filter((line) => line.role !== 'text' || !SILENT.test(line.name))
        .map((line) => ({ ...line, name: heard.oneLine(line.name) }));
    };

    const folded = (line, children) => {
      const inside = merged(children);
      if (inside.length !== 1 || inside[0].role !== 'text' || line.name) return [line, ...children];
      const { name, states, language } = inside[0];
      return [{ ...line, name, states: [...line.states, ...states], language }];
    };

    // The label of a check box or a radio button is its name, and is not read a second time.
    const isNameOnly = (element, role) =>
      role === 'LabelText' && ['checkbox', 'radio'].includes(element.control?.type);

    const elementLine = (element, context, items) => {
      const { role, name, kind } = about(element);
      const position = context.positions.get(element);
      const needsName = ['named from content', 'whole'].includes(kind);
      const languages = languagesOf(element, kind);
      return {
        role: vocabulary.roles[role] ?? role,
        name,
        states: [
          ...describe.states(element, role, name, needsName),
          ...(position ? [say('%s of %s', ...position)] : []),
          ...inLanguages(languages),
          ...(kind === 'list' ? [counted(say, items.length, 'item')] : []),
          ...(kind === 'table' ? tableStates(element) : []),
        ],
        depth: context.depth,
        language: new Set(languages).size === 1 ? languages[0] : pageLanguage,
      };
    };

    const from = {
      children(element, context) {
        const generated = (pseudo) =>
          isVisible(element) ? textLine(generatedText(element, pseudo), element, context) : [];
        return [
          ...generated('::before'),
          ...shownChildren(element).flatMap((child) => from.node(child, element, context)),
          ...generated('::after'),
        ];
      },

      element(element, context) {
        const { kind } = about(element);
        const items = kind === 'list' ? itemsOf(element) : [];
        const line = elementLine(element, context, items);
        const inside = {
          depth: context.depth + 1,
          texts: kind !== 'named from content',
          positions: new Map(items.map((item, at) => [item, [at + 1, items.length]])),
        };
        const children = kind === 'whole' ? [] : from.children(element, inside);
        return ['entry', 'item'].includes(kind) ? folded(line, children) : [line, ...children];
      },

      node(node, parent, context) {
        if (node.nodeType === Node.TEXT_NODE) {
          return isVisible(parent) ? textLine(node.data, parent, context) : [];
        }
        if (node.nodeType !== Node.ELEMENT_NODE || isPruned(node)) return [];
        if (node.localName === 'br') return [{ role: 'text', name: '', states: [], depth: 0 }];
        const { role, kind } = about(node);
        if (kind === 'silent') return [];
        if (kind === 'through' || !isVisible(node)) {
          const texts = context.texts && !isNameOnly(node, role);
          return from.children(node, { ...context, texts });
        }
        return from.element(node, context);
      },
    };

    const page = {
      role: 'page',
      name: heard.oneLine(root.ownerDocument.title),
      states: pageLanguage ? [say('language %s', pageLanguage)] : [],
      depth: 0,
      language: pageLanguage,
    };
    const context = { depth: 1, texts: true, positions: new Map() };
    return merged([page, ...from.node(root.ownerDocument.body, root, context)]);
  };

  /** Return the text of a line, without its indentation. */
  const lineParts = (line, say) => ({
    role: say(line.role),
    name: line.name ? heard.quoted(line.name) : '',
    states: line.states.length ? `(${line.states.join(', ')})` : '',
  });

  window.wagtailCareersHeard = { ...heard, lineParts, transcribe };
})();
