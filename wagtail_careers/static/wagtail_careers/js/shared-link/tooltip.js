// A shared link in the text, and its tooltip with name, address and state.
(() => {
  const { React } = window;
  const { links, options, resolver } = window.wagtailCareers;
  const { createElement } = React;

  const append = (parent, tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return parent.appendChild(element);
  };

  const appendButton = (parent, text, onClick) => {
    const button = append(parent, 'button', 'button button-small Tooltip__button', text);
    button.type = 'button';
    button.addEventListener('click', onClick);
  };

  // Wagtail's tooltip for links cuts names, and has no place for a state.
  const createTooltip = ({ link, state, onEdit, onRemove }) => {
    const tooltip = document.createElement('div');
    tooltip.className = 'Tooltip careers-tooltip';
    append(tooltip, 'div', 'careers-tooltip__name', link.name);
    if (link.address) {
      const anchor = append(tooltip, 'a', 'Tooltip__link careers-tooltip__address', link.address);
      anchor.href = link.address;
      anchor.target = '_blank';
      anchor.rel = 'noreferrer';
    }
    if (state) append(tooltip, 'div', 'careers-tooltip__state', state);
    appendButton(tooltip, options.labels.edit, onEdit);
    appendButton(tooltip, options.labels.remove, onRemove);
    return tooltip;
  };

  /** Centre `tooltip` below `element`, within the width of its `container`. */
  const place = (tooltip, element, container) => {
    const { left, width, bottom } = element.getBoundingClientRect();
    const outer = container.getBoundingClientRect();
    const most = outer.width - tooltip.offsetWidth;
    const centred = left - outer.left + (width - tooltip.offsetWidth) / 2;
    tooltip.style.left = `${Math.max(0, Math.min(centred, most))}px`;
    tooltip.style.top = `${bottom - outer.top}px`;
  };

  /** Show `tooltip` below `element` until the user clicks or types elsewhere. Return its end. */
  const show = (tooltip, element) => {
    // Outside the text, where the editor would take keys and clicks for its own.
    const container = element.closest('[data-draftail-editor-wrapper]');
    const events = new AbortController();
    const close = () => {
      events.abort();
      tooltip.remove();
    };
    const closeOutside = ({ target, key }) => {
      if (key === 'Escape' || !tooltip.contains(target)) close();
    };
    const { signal } = events;
    document.addEventListener('mousedown', closeOutside, { signal });
    document.addEventListener('keydown', closeOutside, { signal });
    window.addEventListener('resize', close, { signal });
    container.append(tooltip);
    place(tooltip, element, container);
    return close;
  };

  // A class, because hooks need the copy of React that the editor uses, and Wagtail loads several.
  class SharedLink extends React.Component {
    constructor(props) {
      super(props);
      this.state = { described: null };
    }

    componentDidMount() {
      this.watch();
    }

    componentDidUpdate({ contentState, entityKey }) {
      const before = contentState.getEntity(entityKey);
      const { sharedLink, path } = links.read(before);
      if (sharedLink === this.link.sharedLink && path === this.link.path) return;
      this.stopWatching();
      this.watch();
    }

    componentWillUnmount() {
      this.stopWatching();
      this.close?.();
    }

    get link() {
      const { contentState, entityKey } = this.props;
      return links.read(contentState.getEntity(entityKey));
    }

    watch() {
      this.stopWatching = resolver.watch(this.link, (described) =>
        this.setState({ described }, () => {
          if (this.tooltip?.isConnected) this.open(this.anchor);
        }),
      );
    }

    open(anchor) {
      const { entityKey, onEdit, onRemove } = this.props;
      const { described } = this.state;
      const act = (action) => () => {
        this.close();
        action(entityKey);
      };
      this.close?.();
      this.anchor = anchor;
      this.tooltip = createTooltip({
        link: this.link,
        state: described?.stateLabel,
        onEdit: act(onEdit),
        onRemove: act(onRemove),
      });
      this.close = show(this.tooltip, anchor);
    }

    render() {
      const { children } = this.props;
      const { described } = this.state;
      const { address } = this.link;
      const isBroken = !address || ['dead', 'missing'].includes(described?.state);
      return createElement(
        'a',
        {
          href: address || null,
          role: 'button',
          className: 'TooltipEntity',
          'data-draftail-trigger': true,
          onMouseUp: ({ currentTarget }) => this.open(currentTarget),
        },
        createElement(window.wagtail.components.Icon, {
          name: isBroken ? 'warning' : 'careers-shared-link',
          className: 'TooltipEntity__icon',
        }),
        children,
      );
    }
  }

  window.wagtailCareers.SharedLink = SharedLink;
})();
