// The shortcut of the trait style of the rich-text editor.
(() => {
  const {
    DraftJS: { KeyBindingUtil },
    draftail,
  } = window;
  const STYLE = 'TRAIT';
  const KEY_H = 72;

  draftail.registerPlugin(
    {
      type: STYLE,

      keyBindingFn(event) {
        const isShortcut =
          event.keyCode === KEY_H && event.shiftKey && KeyBindingUtil.hasCommandModifier(event);
        // Draftail toggles the style for a command with its name.
        return isShortcut ? STYLE : undefined;
      },
    },
    'plugins',
  );
})();
