const LOADING =
  'link[href], script[src], img[src], iframe[src], video[src], audio[src], embed[src]';
const LOADING_LINKS =
  /\b(stylesheet|icon|preconnect|dns-prefetch|preload|prefetch|modulepreload)\b/;

const hostOf = (address) => {
  const { protocol, host } = new URL(address, document.baseURI);
  return /^(https?|wss?):$/.test(protocol) ? host : window.location.host;
};

// What was requested, and what the page asks for though the browser did not get it.
function thirdParty() {
  const elements = all(LOADING).filter(
    (element) => element.localName !== 'link' || LOADING_LINKS.test(element.rel),
  );
  const sources = new Map(elements.map((element) => [element.href ?? element.src, element]));
  const requested = performance.getEntriesByType('resource').map(({ name }) => name);
  return [...new Set([...requested, ...sources.keys()])]
    .filter((address) => hostOf(address) !== window.location.host)
    .map((address) =>
      problem(
        'third-party',
        `the page requests ${address.slice(0, SNIPPET)} from another host`,
        sources.get(address) ?? document.documentElement,
      ),
    );
}
