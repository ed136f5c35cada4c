// Ctrl+Alt+H toggles the trait style: Draftail handles a command with the name of a style so.
window.draftail.registerPlugin(
  {
    type: 'TRAIT',
    // Compare the physical key, because Alt changes the character on some keyboards.
    keyBindingFn: ({ nativeEvent: key }) =>
      key.ctrlKey && key.altKey && key.code === 'KeyH' ? 'TRAIT' : undefined,
  },
  'plugins',
);
