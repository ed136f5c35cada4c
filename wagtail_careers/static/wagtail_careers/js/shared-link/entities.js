// The links in an editor's content: which of them are shared links, and how they are changed.
(() => {
  const { EditorState, Modifier, SelectionState } = window.DraftJS;

  const TYPE = 'SHARED-LINK';

  // The names differ from those of Wagtail's links, whose chooser would read an id as a page's.
  // Text copied from an editor that was opened before an update has the names `id`, `url`, `title`.
  const read = (entity) => {
    const data = entity.getData();
    return {
      sharedLink: String(data.sharedLink ?? data.id ?? ''),
      path: data.path ?? '',
      address: data.address ?? data.url ?? '',
      name: data.name ?? data.title ?? '',
    };
  };

  // The chooser and the endpoint describe a link in Wagtail's names.
  const fromServer = ({ id, path, url, title }) => ({
    sharedLink: String(id),
    path: path ?? '',
    address: url,
    name: title,
  });

  const isSharedLink = (entity) => entity?.getType() === TYPE;

  /** Return the address of a plain link to a website; empty for any other entity. */
  const plainAddress = (entity) => {
    if (entity?.getType() !== 'LINK') return '';
    const { id, url } = entity.getData();
    return !id && /^https?:/i.test(url) ? url : '';
  };

  /** Return where entities are of which `accepts(entity, key)` is true, in the text's order. */
  const findRanges = (content, accepts) =>
    content.getBlocksAsArray().flatMap((block) => {
      const ranges = [];
      block.findEntityRanges(
        (character) => {
          const key = character.getEntity();
          return key !== null && accepts(content.getEntity(key), key);
        },
        (start, end) =>
          ranges.push({
            blockKey: block.getKey(),
            entityKey: block.getEntityAt(start),
            start,
            end,
          }),
      );
      return ranges;
    });

  /** Return the range of an entity, the selected one if the text has several. */
  const rangeOf = (editorState, entityKey) => {
    const selection = editorState.getSelection();
    const offset = selection.getStartOffset();
    const ranges = findRanges(editorState.getCurrentContent(), (_, key) => key === entityKey);
    const isSelected = ({ blockKey, start, end }) =>
      blockKey === selection.getStartKey() && start <= offset && offset <= end;
    return ranges.find(isSelected) ?? ranges[0];
  };

  const toSelection = ({ blockKey, start, end }) =>
    SelectionState.createEmpty(blockKey).merge({
      anchorOffset: start,
      focusOffset: end,
    });

  /**
   * Make each `{ range, link }` of `changes` a shared link, or text without a link if `link` is
   * null, as one step to undo.
   */
  const setLinks = (editorState, changes) => {
    // As if the editor had the focus, which a dialog may have: undo returns to this selection, and
    // without the focus it would put the caret before the link.
    const selection = editorState.getSelection().set('hasFocus', true);
    const content = changes.reduce((before, { range, link }) => {
      const after = link ? before.createEntity(TYPE, 'MUTABLE', link) : before;
      const key = link ? after.getLastCreatedEntityKey() : null;
      return Modifier.applyEntity(after, toSelection(range), key);
    }, editorState.getCurrentContent());
    return EditorState.push(
      editorState,
      content.merge({ selectionBefore: selection, selectionAfter: selection }),
      'apply-entity',
    );
  };

  /** Make the selected text a shared link; without selected text, insert the link's name. */
  const insertLink = (editorState, link) => {
    const selection = editorState.getSelection();
    const content = editorState.getCurrentContent().createEntity(TYPE, 'MUTABLE', link);
    const key = content.getLastCreatedEntityKey();
    const next = selection.isCollapsed()
      ? Modifier.replaceText(content, selection, link.name, null, key)
      : Modifier.applyEntity(content, selection, key);
    // A change of characters would be undone together with what was typed before it.
    return EditorState.push(editorState, next, 'apply-entity');
  };

  /** Return the same content with its selection, which the browser forgets in a dialog. */
  const withSelection = (editorState) =>
    EditorState.forceSelection(editorState, editorState.getSelection());

  window.wagtailCareers = {
    // The texts and addresses among the editor’s options, which are set when an editor starts.
    options: {},
    links: {
      TYPE,
      read,
      fromServer,
      isSharedLink,
      plainAddress,
      findRanges,
      rangeOf,
      toSelection,
      setLinks,
      insertLink,
      withSelection,
    },
  };
})();
