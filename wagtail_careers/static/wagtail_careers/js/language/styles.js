// The languages of phrases in the rich-text editor: a style for each, and one for each character.
(() => {
  const {
    DraftJS: { EditorState, Modifier },
  } = window;
  const PREFIX = 'LANG-';

  const isLanguage = (style) => style.startsWith(PREFIX);

  /** Return the tag of the language among `styles`; empty without one. */
  const toTag = (styles) => (styles.find(isLanguage) || '').slice(PREFIX.length);

  const blockAtStart = (content, selection) => content.getBlockForKey(selection.getStartKey());

  /** Return the selection of the phrase around the caret; the selection itself elsewhere. */
  const selectPhrase = (editorState) => {
    const selection = editorState.getSelection();
    const block = blockAtStart(editorState.getCurrentContent(), selection);
    const offset = selection.getStartOffset();
    const tagAt = (at) => toTag(block.getInlineStyleAt(at));
    const tag = offset > 0 ? tagAt(offset - 1) : '';
    if (!selection.isCollapsed() || !tag || tag !== tagAt(offset)) return selection;
    let [start, end] = [offset, offset];
    while (start > 0 && tagAt(start - 1) === tag) start -= 1;
    while (end < block.getLength() && tagAt(end) === tag) end += 1;
    return selection.merge({ anchorOffset: start, focusOffset: end, isBackward: false });
  };

  /** Return the tag of the language of the selected text, or of text that is typed next. */
  const getLanguage = (editorState) => toTag(editorState.getCurrentInlineStyle());

  const languagesIn = (content, selection) => {
    const found = new Set();
    const isLast = (block) => block.getKey() === selection.getEndKey();
    const blocks = content.getBlockMap().skipUntil((block, key) => key === selection.getStartKey());
    const count = blocks.toArray().findIndex(isLast) + 1;
    blocks.take(count).forEach((block) =>
      block.getCharacterList().forEach((character) => {
        character
          .getStyle()
          .filter(isLanguage)
          .forEach((style) => found.add(style));
      }),
    );
    return [...found];
  };

  /**
   * Return the state with the selected text in the language `tag`, or in that around it if `tag`
   * is empty. Without a selection, that applies to the phrase around the caret, or to what is
   * typed next.
   */
  const setLanguage = (editorState, tag) => {
    const style = PREFIX + tag;
    const selection = selectPhrase(editorState);
    if (selection.isCollapsed()) {
      const others = editorState.getCurrentInlineStyle().filterNot(isLanguage);
      return EditorState.setInlineStyleOverride(editorState, tag ? others.add(style) : others);
    }
    const content = editorState.getCurrentContent();
    const without = languagesIn(content, selection).reduce(
      (changed, other) => Modifier.removeInlineStyle(changed, selection, other),
      content,
    );
    const changed = tag ? Modifier.applyInlineStyle(without, selection, style) : without;
    const next = EditorState.push(editorState, changed, 'change-inline-style');
    return EditorState.acceptSelection(next, editorState.getSelection());
  };

  window.wagtailCareersLanguages = { toTag, getLanguage, setLanguage };
})();
