import jsdoc from "eslint-plugin-jsdoc";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const MODEL = ["src/base/**/*.ts", "src/engine/**/*.ts", "src/systems/**/*.ts", "src/protocol/**/*.ts", "src/lesson-format/**/*.ts"];
const TESTS = ["**/*.test.ts", "**/*.test.tsx", "e2e/**/*.ts", "**/*.fake.ts"];

/** The model is deterministic: no clock but the virtual one, no chance but the seeded one, no page, no locale. */
const nondeterminism = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: "Use the context's virtual time, not the wall clock." },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Use the context's virtual time, not the wall clock." },
  { selector: "CallExpression[callee.name='Date']", message: "Use the context's virtual time, not the wall clock." },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: "Use the component's seeded random stream." },
  { selector: "CallExpression[callee.property.name=/^(localeCompare|toLocaleString|toLocaleDateString|toLocaleTimeString|toLocaleUpperCase|toLocaleLowerCase)$/]", message: "Results must not depend on the machine's locale." },
  { selector: "ForInStatement > VariableDeclaration[kind='var']", message: "Use const." },
];

export default tseslint.config(
  { ignores: ["dist/**", "node_modules/**", "coverage/**", "playwright-report/**", "test-results/**", "**/generated/**", ".cache/**"] },
  ...tseslint.configs.strict,
  {
    rules: {
      "max-lines": ["error", { max: 800 }],
      "max-lines-per-function": ["error", { max: 70, skipComments: true, skipBlankLines: true }],
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unified-signatures": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-unused-expressions": ["error", { allowTernary: true, allowShortCircuit: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "off",
      "no-control-regex": "off",
    },
  },
  {
    files: MODEL,
    ignores: TESTS,
    plugins: { jsdoc },
    rules: {
      "no-restricted-syntax": ["error", ...nondeterminism],
      "no-restricted-globals": ["error", "performance", "setTimeout", "setInterval", "queueMicrotask", "requestAnimationFrame", "window", "document", "self", "crypto", "navigator", "process", "Intl", "console", "fetch"],
      "@typescript-eslint/no-explicit-any": "error",
      "jsdoc/require-jsdoc": ["error", { publicOnly: true, require: { FunctionDeclaration: true, ClassDeclaration: true }, contexts: ["TSInterfaceDeclaration", "TSTypeAliasDeclaration"] }],
    },
  },
  {
    files: ["src/lab/**/*.{ts,tsx}", "src/app/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  { files: TESTS, rules: { "max-lines-per-function": "off", "@typescript-eslint/no-non-null-assertion": "off" } },
  { files: ["*.config.ts", "*.config.js"], rules: { "no-restricted-exports": "off" } },
  { files: ["**/*.cjs"], languageOptions: { globals: { module: "writable" } }, rules: { "@typescript-eslint/no-require-imports": "off" } },
);
