import wagtailConfig from '@wagtail/eslint-config-wagtail';
import globals from 'globals';

// What testing/page.js defines for the other scripts of testing/.
const shared = [
  'TARGETS',
  'SNIPPET',
  'SPACING',
  'addStyle',
  'all',
  'ancestors',
  'describe',
  'isCutAway',
  'isShown',
  'problem',
];

export default [
  ...wagtailConfig,
  {
    files: ['wagtail_careers/**/*.js'],
    languageOptions: { globals: globals.browser, sourceType: 'script' },
    settings: { react: { version: '18' } },
  },
  {
    // Each of these is one part of a function that the browser runs: see testing/problem.py. The
    // functions that Python calls come first, and those that they use after them.
    files: ['wagtail_careers/testing/*.js'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { vars: 'local' }],
      '@typescript-eslint/no-use-before-define': ['error', { functions: false, variables: false }],
    },
  },
  {
    files: ['wagtail_careers/testing/*.js'],
    ignores: ['wagtail_careers/testing/page.js'],
    languageOptions: {
      globals: Object.fromEntries(shared.map((name) => [name, 'readonly'])),
    },
  },
];
