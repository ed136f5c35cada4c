// Registers the languages of phrases with the rich-text editor: the dialog, the look, the shortcut.
(() => {
  const {
    draftail,
    DraftJS: { KeyBindingUtil },
    wagtailCareersLanguages: { LanguageSource, toTag },
  } = window;
  const TYPE = 'LANGUAGE';
  const KEY_Y = 89;

  draftail.registerPlugin({ type: TYPE, source: LanguageSource }, 'entityTypes');

  draftail.registerPlugin(
    {
      type: TYPE,

      // Ctrl+Shift+Y or ⌘+Shift+Y. Draftail opens the dialog for a command with the type's name.
      keyBindingFn(event) {
        const isShortcut =
          event.keyCode === KEY_Y && event.shiftKey && KeyBindingUtil.hasCommandModifier(event);
        return isShortcut ? TYPE : undefined;
      },

      customStyleFn(styles) {
        const tag = toTag(styles);
        return tag
          ? {
              // The stylesheet shows it after the phrase.
              '--careers-phrase-language': `"${tag}"`,
              borderBottom: '2px dotted var(--careers-editor-language)',
            }
          : undefined;
      },
    },
    'plugins',
  );
})();
