/** @type {import("stylelint").Config} */
export default {
  extends: ["stylelint-config-standard"],
  rules: {
    "alpha-value-notation": "number",
    "media-feature-range-notation": "prefix",
    // The rules are in the order of the subjects; the theme's own style sheet is not loaded, so little competes.
    "no-descending-specificity": null,
    // Safari on a phone has the prefixed one only.
    "property-no-vendor-prefix": [true, { ignoreProperties: ["-webkit-text-size-adjust"] }],
    "selector-class-pattern": [
      "^(md-[a-z_-]+|[a-z][a-z0-9]*(-[a-z0-9]+)*)$",
      { message: "Name a class in words with hyphens; only the theme's own begin with md-." },
    ],
    // One :not() with a list weighs less than several in a row, so that each form says something else.
    "selector-not-notation": null,
    "value-keyword-case": ["lower", { ignoreProperties: ["/^--/"] }],
  },
};
