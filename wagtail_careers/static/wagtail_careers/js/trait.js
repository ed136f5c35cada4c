// Ctrl+Alt+H toggles the trait style: Draftail takes a command of a style's name to mean that.
window.draftail.registerPlugin(
  {
    type: 'TRAIT',
    // The native event has the physical key; Alt changes the character on some keyboards.
    keyBindingFn: ({ nativeEvent: key }) =>
      key.ctrlKey && key.altKey && key.code === 'KeyH' ? 'TRAIT' : undefined,
  },
  'plugins',
);
