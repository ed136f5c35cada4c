// The trait style of the rich-text editor: its shortcut, and where the style ends.
//
// Draft.js goes on in the style of the character before the caret: past the end of a trait, and in
// the next block. Here, text that is typed next to a trait belongs to it only in two cases: inside
// it, and where the style was on for what was just typed. So whenever the caret comes next to a
// trait, the style for the next text is set ("inline style override"). Other styles are not touched.
(() => {
  const {
    DraftJS: { EditorState, KeyBindingUtil },
    draftail,
  } = window;
  const STYLE = 'TRAIT';
  const KEY_H = 72;
  // After these changes, the caret is still where the editor was typing.
  const TYPING = [
    'insert-characters',
    'backspace-character',
    'delete-character',
    'spellcheck-change',
  ];

  // True between two characters of a trait, and for selected text that begins with a trait.
  const isInsideTrait = (editorState) => {
    const selection = editorState.getSelection();
    const offset = selection.getStartOffset();
    const block = editorState.getCurrentContent().getBlockForKey(selection.getStartKey());
    const hasStyle = (at) => block.getInlineStyleAt(at).has(STYLE);
    return hasStyle(offset) && (!selection.isCollapsed() || (offset > 0 && hasStyle(offset - 1)));
  };

  // True if text that is typed next is a trait.
  const isOn = (editorState) => {
    const override = editorState.getInlineStyleOverride();
    return override ? override.has(STYLE) : isInsideTrait(editorState);
  };

  const isSameCaret = (one, other) =>
    one.isCollapsed() &&
    other.isCollapsed() &&
    one.getStartKey() === other.getStartKey() &&
    one.getStartOffset() === other.getStartOffset();

  const isTypingOn = (previous, next) =>
    previous.getCurrentContent() === next.getCurrentContent()
      ? isSameCaret(previous.getSelection(), next.getSelection())
      : TYPING.includes(next.getLastChangeType());

  // Make sure that text that is typed next is a trait, or that it is not.
  const settle = (editorState, on) => {
    const override = editorState.getInlineStyleOverride();
    const styles = editorState.getCurrentInlineStyle();
    if (styles.has(STYLE) === on && (override || isInsideTrait(editorState) === on)) {
      return editorState;
    }
    return EditorState.setInlineStyleOverride(
      editorState,
      on ? styles.add(STYLE) : styles.remove(STYLE),
    );
  };

  const isShortcut = (event) =>
    event.keyCode === KEY_H && event.shiftKey && KeyBindingUtil.hasCommandModifier(event);

  draftail.registerPlugin(
    {
      type: STYLE,

      keyBindingFn(event, { getEditorState, setEditorState }) {
        // Changes by Draftail and by comments, such as undo, do not pass through onChange.
        const editorState = getEditorState();
        const settled = settle(editorState, isOn(editorState));
        if (settled !== editorState) setEditorState(settled);
        // Draftail toggles the style for a command with its name.
        return isShortcut(event) ? STYLE : undefined;
      },

      onChange(next, { getEditorState }) {
        // Draft.js drops the override when the caret moves or text changes, but keeps it on Enter.
        if (next.getInlineStyleOverride() && next.getLastChangeType() !== 'split-block') {
          return next;
        }
        const previous = getEditorState();
        return settle(next, isTypingOn(previous, next) ? isOn(previous) : isInsideTrait(next));
      },
    },
    'plugins',
  );
})();
