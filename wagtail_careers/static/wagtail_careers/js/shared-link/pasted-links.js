// Offers shared links for the plain links in pasted text: a notice below the text.
(() => {
  const {
    DraftJS: { EditorState },
    React,
    ReactDOM,
  } = window;
  const { links, options, resolver } = window.wagtailCareers;
  const { createElement } = React;

  const WRAPPER = '[data-draftail-editor-wrapper]';
  const NOTICE = 'careers-pasted-links';
  const NOTHING = { links: new Map(), unknown: new Set() };

  const editorOf = (element) => {
    const siblings = element.closest(WRAPPER).parentElement.children;
    return [...siblings].find((sibling) => sibling.draftailEditor).draftailEditor;
  };

  const findPlainLinks = (content) =>
    links
      .findRanges(content, (entity) => links.plainAddress(entity) !== '')
      .map((range) => ({
        range,
        address: links.plainAddress(content.getEntity(range.entityKey)),
      }));

  const keysOf = (plainLinks) => new Set(plainLinks.map(({ range }) => range.entityKey));

  /** Return how many of `plainLinks` have each name, as "NHS Jobs (2), Health Careers (1)". */
  const countNames = (plainLinks, nameOf) => {
    const counts = new Map();
    plainLinks.forEach((link) => {
      const name = nameOf(link);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    });
    return [...counts].map(([name, count]) => `${name} (${count})`).join(', ');
  };

  const hostOf = ({ address }) => new URL(address).host.replace(/^www\./, '');

  /** Call `onPasted` with the keys of the plain links that a paste has brought into the text. */
  const watchPasting = (wrapper, getEditorState, onPasted) => {
    const onPaste = () => {
      const find = () => keysOf(findPlainLinks(getEditorState().getCurrentContent()));
      const before = find();
      // Draft.js and Draftail handle the event after this.
      window.setTimeout(() => {
        const fresh = [...find()].filter((key) => !before.has(key));
        if (fresh.length) onPasted(fresh);
      });
    };
    wrapper.addEventListener('paste', onPaste, true);
    return () => wrapper.removeEventListener('paste', onPaste, true);
  };

  /** Return which plain links can be shared links, and which can have a new one. */
  const sortOut = (plainLinks, { links: found, unknown }) => ({
    known: plainLinks
      .filter(({ address }) => found.has(address))
      .map(({ range, address }) => ({ range, link: found.get(address) })),
    unknown: plainLinks.filter(({ address }) => unknown.has(address)),
  });

  const describe = ({ known, unknown }) =>
    [
      known.length && `${options.labels.known} ${countNames(known, ({ link }) => link.name)}.`,
      unknown.length && `${options.labels.unknown} ${countNames(unknown, hostOf)}.`,
    ]
      .filter(Boolean)
      .join(' ');

  const button = (text, className, onClick) =>
    createElement(
      'button',
      {
        key: text,
        type: 'button',
        className: `button button-small ${className}`,
        onClick,
      },
      text,
    );

  function Actions({ offer: { known, unknown }, useShared, createLink, keep }) {
    const firstOfHost = new Map();
    [...unknown].reverse().forEach((link) => firstOfHost.set(hostOf(link), link));
    return createElement(
      'div',
      {
        className: 'careers-pasted-links__actions',
        onKeyDown: ({ key }) => {
          if (key === 'Escape') keep();
        },
      },
      known.length > 0 && button(options.labels.useShared, '', useShared),
      [...firstOfHost]
        .reverse()
        .map(([host, link]) =>
          button(options.labels.newLink.replace('%(host)s', host), 'button-secondary', () =>
            createLink(link),
          ),
        ),
      button(options.labels.keep, 'button-secondary', keep),
    );
  }

  // Classes, because hooks need the copy of React that the editor uses, and Wagtail loads several.
  class Notice extends React.Component {
    constructor(props) {
      super(props);
      this.state = { pasted: new Set(), found: NOTHING, isDone: false };
      this.asked = '[]';
    }

    componentDidMount() {
      const { wrapper, getEditorState } = this.props;
      this.editor = editorOf(wrapper);
      this.stopWatching = watchPasting(wrapper, getEditorState, (keys) =>
        this.setState(({ pasted }) => ({
          pasted: new Set([...pasted, ...keys]),
          isDone: false,
        })),
      );
    }

    // Ask again whenever a link is gone: it may have been made a new shared link.
    async componentDidUpdate() {
      const addresses = [...new Set(this.plainLinks.map(({ address }) => address))].sort();
      const asked = JSON.stringify(addresses);
      if (asked === this.asked) return;
      this.asked = asked;
      const found = addresses.length ? await resolver.find(addresses) : NOTHING;
      if (asked === this.asked) this.setState({ found });
    }

    componentWillUnmount() {
      this.stopWatching();
      this.asked = null;
    }

    // The pasted plain links that are still in the text.
    get plainLinks() {
      const { getEditorState } = this.props;
      const { pasted } = this.state;
      if (!pasted.size) return [];
      return findPlainLinks(getEditorState().getCurrentContent()).filter(({ range }) =>
        pasted.has(range.entityKey),
      );
    }

    useShared(changes) {
      const { getEditorState, onChange } = this.props;
      this.setState({ isDone: true });
      onChange(links.setLinks(getEditorState(), changes));
      this.focusEditor();
    }

    createLink({ range }) {
      const { getEditorState, onChange } = this.props;
      const selection = links.toSelection(range);
      onChange(EditorState.acceptSelection(getEditorState(), selection));
      // The modal asks the editor for its selection.
      window.setTimeout(() => this.editor.onRequestSource(links.TYPE));
    }

    // React handles the changes of an event after it, and the editor focuses what it had before.
    focusEditor() {
      window.setTimeout(() => this.editor.focus());
    }

    keep() {
      this.setState({ pasted: new Set() });
      this.focusEditor();
    }

    render() {
      const { found, isDone } = this.state;
      const offer = sortOut(this.plainLinks, found);
      const text = describe(offer);
      return createElement(
        'div',
        { className: text ? NOTICE : 'w-sr-only' },
        // Always there, so that screen readers notice when it gets a text.
        createElement('div', { role: 'status' }, text || (isDone && options.labels.done)),
        text &&
          createElement(Actions, {
            offer,
            useShared: () => this.useShared(offer.known),
            createLink: (link) => this.createLink(link),
            keep: () => this.keep(),
          }),
      );
    }
  }

  // Draftail shows this among the details of an editor, which are hidden until it has the focus.
  class PastedLinks extends React.Component {
    constructor(props) {
      super(props);
      this.state = { wrapper: null };
    }

    render() {
      const { wrapper } = this.state;
      return wrapper
        ? ReactDOM.createPortal(createElement(Notice, { ...this.props, wrapper }), wrapper)
        : createElement('span', {
            ref: (anchor) => anchor && this.setState({ wrapper: anchor.closest(WRAPPER) }),
          });
    }
  }

  /** Return the first button of the notice of the editor that `element` is in. */
  const noticeButton = (element) => element.closest(WRAPPER).querySelector(`.${NOTICE} button`);

  Object.assign(window.wagtailCareers, { PastedLinks, noticeButton });
})();
