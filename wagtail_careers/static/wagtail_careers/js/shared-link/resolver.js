// Asks the server which shared links addresses belong to, and in what state links are.
(() => {
  const { links, options } = window.wagtailCareers;

  // Long enough for all editors of a page to say what links they have.
  const PAUSE = 100;

  const states = new Map();
  const waiting = new Map();
  let timer = null;

  const post = (body) => window.wagtailCareersPost(options.resolveUrl, body);

  /**
   * Return the shared links of `addresses`, and the addresses that a new shared link can have.
   * Addresses of the site itself are in neither.
   */
  const find = async (addresses) => {
    const locale = window.wagtailConfig.ACTIVE_CONTENT_LOCALE;
    const { addresses: found = {}, unknown = [] } = await post({ addresses, locale });
    return {
      links: new Map(
        Object.entries(found).map(([address, link]) => [address, links.fromServer(link)]),
      ),
      unknown: new Set(unknown),
    };
  };

  const keyOf = ({ sharedLink, path }) => JSON.stringify([sharedLink, path]);

  const askForStates = async () => {
    const asked = [...waiting.values()];
    waiting.clear();
    timer = null;
    const { links: found = [] } = await post({
      links: asked.map(({ link }) => ({ id: link.sharedLink, path: link.path })),
    });
    asked.forEach(({ link, listeners }, number) => {
      const state = found[number];
      if (!state) return;
      states.set(keyOf(link), state);
      listeners.forEach((listener) => listener(state));
    });
  };

  /** Call `listener` with the state of `link` once it is known. Return a function that stops it. */
  const watch = (link, listener) => {
    const key = keyOf(link);
    if (states.has(key)) {
      listener(states.get(key));
      return () => {};
    }
    const entry = waiting.get(key) ?? { link, listeners: new Set() };
    waiting.set(key, entry);
    entry.listeners.add(listener);
    timer ??= window.setTimeout(askForStates, PAUSE);
    return () => entry.listeners.delete(listener);
  };

  window.wagtailCareers.resolver = { find, watch };
})();
