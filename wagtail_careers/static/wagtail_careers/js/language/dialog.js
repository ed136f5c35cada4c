// The dialog of the rich-text editor in which the language of a phrase is chosen.
(() => {
  const { React } = window;
  const languages = window.wagtailCareersLanguages;

  const create = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const createGroup = ([label, choices], chosen) => {
    const options = choices.map(([tag, name]) =>
      create('option', { value: tag, textContent: name, selected: tag === chosen }),
    );
    return create('optgroup', { label }, ...options);
  };

  const createSelect = (type, chosen) =>
    create(
      'select',
      { id: 'careers-language', autofocus: true },
      create('option', { value: '', textContent: type.labels.none }),
      ...JSON.parse(type.languages).map((group) => createGroup(group, chosen)),
    );

  const createDialog = (type, chosen) => {
    const { labels } = type;
    const dialog = create(
      'dialog',
      { className: 'careers-language-dialog' },
      create(
        'form',
        { method: 'dialog' },
        create('h2', { id: 'careers-language-title', textContent: labels.title }),
        create('p', { id: 'careers-language-help', textContent: labels.help }),
        create('label', { htmlFor: 'careers-language', textContent: labels.language }),
        createSelect(type, chosen),
        create(
          'div',
          { className: 'careers-language-dialog__actions' },
          create('button', {
            className: 'button',
            value: 'apply',
            textContent: labels.apply,
          }),
          create('button', {
            className: 'button button-secondary',
            value: 'cancel',
            textContent: labels.cancel,
          }),
        ),
      ),
    );
    dialog.setAttribute('aria-labelledby', 'careers-language-title');
    dialog.querySelector('select').setAttribute('aria-describedby', 'careers-language-help');
    return dialog;
  };

  // Draftail renders it while the dialog is open, and gives the focus back when it is complete.
  class LanguageSource extends React.Component {
    componentDidMount() {
      const { editorState, entityType, onComplete } = this.props;
      this.dialog = createDialog(entityType, languages.getLanguage(editorState));
      document.body.append(this.dialog);
      this.dialog.addEventListener('close', () => {
        const isChosen = this.dialog.returnValue === 'apply';
        const tag = this.dialog.querySelector('select').value;
        onComplete(isChosen ? languages.setLanguage(editorState, tag) : null);
      });
      this.dialog.showModal();
    }

    componentWillUnmount() {
      this.dialog.remove();
    }

    render() {
      return null;
    }
  }

  Object.assign(languages, { LanguageSource });
})();
