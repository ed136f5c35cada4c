// Registers the shared link with the rich-text editor: its modal, its tooltip, its shortcut.
(() => {
  const {
    draftail,
    DraftJS: { KeyBindingUtil },
  } = window;
  const {
    links,
    options,
    PastedLinks,
    SharedLink,
    SharedLinkSource,
    noticeButton,
    wrapLinkSource,
  } = window.wagtailCareers;

  const KEY_L = 76;
  const FOCUS_NOTICE = 'careers-focus-notice';

  const { LINK } = draftail.registerPlugin(
    { type: links.TYPE, source: SharedLinkSource, decorator: SharedLink },
    'entityTypes',
  );
  draftail.registerPlugin({ ...LINK, source: wrapLinkSource(LINK.source) }, 'entityTypes');

  draftail.registerPlugin({ type: links.TYPE, meta: PastedLinks }, 'controls');

  draftail.registerPlugin(
    {
      type: links.TYPE,
      initialize() {
        Object.assign(options, this.options);
      },
      // Ctrl+Shift+L or ⌘+Shift+L. Draftail opens the modal for a command with the name of a type.
      keyBindingFn(event) {
        const isShortcut =
          event.keyCode === KEY_L && event.shiftKey && KeyBindingUtil.hasCommandModifier(event);
        if (!isShortcut) return undefined;
        return noticeButton(event.target) ? FOCUS_NOTICE : links.TYPE;
      },
      handleKeyCommand(command) {
        if (command !== FOCUS_NOTICE) return 'not-handled';
        noticeButton(document.activeElement).focus();
        return 'handled';
      },
    },
    'plugins',
  );
})();
