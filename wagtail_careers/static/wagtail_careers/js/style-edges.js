// Where the styles of the package end in the rich-text editor: traits and languages.
//
// Draft.js goes on in the style of the character before the caret: past the end of a trait, and in
// the next block. Here, text that is typed next to such a style has it only in two cases: inside
// it, and where the style was on for what was just typed. So whenever the caret comes next to one,
// the style for the next text is set ("inline style override"). Other styles are not touched.
(() => {
  const {
    DraftJS: { EditorState },
    draftail,
  } = window;
  // After these changes, the caret is still where the editor was typing.
  const TYPING = [
    'insert-characters',
    'backspace-character',
    'delete-character',
    'spellcheck-change',
  ];

  const isOurs = (style) => style === 'TRAIT' || style.startsWith('LANG-');

  const areSame = (one, other) => one.size === other.size && one.isSubset(other);

  // The styles on both sides of the caret, or those with which the selected text begins.
  const getInside = (editorState) => {
    const selection = editorState.getSelection();
    const offset = selection.getStartOffset();
    const block = editorState.getCurrentContent().getBlockForKey(selection.getStartKey());
    const getStyles = (at) => block.getInlineStyleAt(at).filter(isOurs);
    const after = getStyles(offset);
    if (!selection.isCollapsed()) return after;
    const before = offset > 0 ? getStyles(offset - 1) : after.clear();
    return after.intersect(before);
  };

  // The styles of text that is typed next.
  const getOn = (editorState) => {
    const override = editorState.getInlineStyleOverride();
    return override ? override.filter(isOurs) : getInside(editorState);
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

  // Make sure that text that is typed next has the styles `on`, and no others of ours.
  const settle = (editorState, on) => {
    const override = editorState.getInlineStyleOverride();
    const styles = editorState.getCurrentInlineStyle();
    if (areSame(styles.filter(isOurs), on) && (override || areSame(getInside(editorState), on))) {
      return editorState;
    }
    return EditorState.setInlineStyleOverride(editorState, styles.filterNot(isOurs).union(on));
  };

  draftail.registerPlugin(
    {
      type: 'CAREERS-STYLE-EDGES',

      keyBindingFn(event, { getEditorState, setEditorState }) {
        // Changes by Draftail and by comments, such as undo, do not pass through onChange.
        const editorState = getEditorState();
        const settled = settle(editorState, getOn(editorState));
        if (settled !== editorState) setEditorState(settled);
        return undefined;
      },

      onChange(next, { getEditorState }) {
        // Draft.js drops the override when the caret moves or text changes, but keeps it on Enter.
        if (next.getInlineStyleOverride() && next.getLastChangeType() !== 'split-block') {
          return next;
        }
        const previous = getEditorState();
        return settle(next, isTypingOn(previous, next) ? getOn(previous) : getInside(next));
      },
    },
    'plugins',
  );
})();
