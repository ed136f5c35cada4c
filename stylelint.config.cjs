// Wagtail's rules, but for those that assume SCSS, Wagtail's own design tokens, or prefixes that a
// build step adds: this stylesheet is served as it is written, to sites with a look of their own.
module.exports = {
    extends: '@wagtail/stylelint-config-wagtail',
    rules: {
        // Colours come from the custom properties that a site sets. There are no tokens for sizes.
        'scale-unlimited/declaration-strict-value': [
            ['/(^|-)color$/', 'fill', 'stroke'],
            {
                ignoreValues: [
                    'currentcolor',
                    'transparent',
                    // System colours, for forced colours.
                    'Mark',
                    'MarkText',
                ],
            },
        ],
        // Rules are grouped by component, as a reader looks for them.
        'no-descending-specificity': null,
        // Safari needs the prefixes of these.
        'property-no-vendor-prefix': [
            true,
            { ignoreProperties: ['text-size-adjust', 'box-decoration-break'] },
        ],
        'scss/media-feature-value-dollar-variable': null,
    },
};
