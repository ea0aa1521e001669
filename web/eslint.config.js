import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const as_text_only = 'What the server sends is data: show it as text (children), never as markup.';
const markup_sinks = [
  'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
  'Property[key.name="dangerouslySetInnerHTML"]',
  'MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
  'CallExpression[callee.property.name=/^(insertAdjacentHTML|write|writeln|createContextualFragment|parseFromString)$/]',
].map((selector) => ({ selector, message: as_text_only }));

/** A feature may use another one only where this says so. */
const features = {
  ask: [],
  clarification: [],
  explanation: [],
  help: [],
  schema: [],
  sessions: [],
  sql: [],
  table: [],
  chart: ['table'],
  answer: ['chart', 'clarification', 'explanation', 'sql', 'table'],
  conversation: ['answer', 'ask', 'clarification', 'explanation', 'sql'],
  model: [],
};

const below = ['components', 'api', 'lib'];

/** Of Node, and of the pages that the tests look into. */
const outside_globals = Object.fromEntries(
  `Buffer URL clearTimeout console document fetch getComputedStyle performance process setTimeout
  PerformanceObserver innerHeight innerWidth requestAnimationFrame window`
    .split(/\s+/)
    .map((name) => [name, 'readonly']),
);

export default tseslint.config(
  { ignores: ['dist', 'src/api/protocol.ts'] },
  js.configs.recommended,
  {
    files: ['scripts/**/*.mjs', 'e2e/**/*.mjs', 'bench/**/*.mjs', '*.config.js'],
    languageOptions: {
      globals: outside_globals,
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked, a11y.flatConfigs.recommended],
    plugins: { 'react-hooks': hooks },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'no-restricted-syntax': ['error', ...markup_sinks],
      'no-restricted-globals': ['error', 'eval'],
      'max-lines': ['error', 300],
      '@typescript-eslint/consistent-type-imports': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx'] } },
      'boundaries/include': ['src/**/*'],
      'boundaries/elements': [
        { type: 'main', pattern: 'src/main.tsx', mode: 'file' },
        { type: 'app', pattern: 'src/app' },
        { type: 'feature', pattern: 'src/features/*', capture: ['name'] },
        { type: 'components', pattern: 'src/components' },
        { type: 'api', pattern: 'src/api' },
        { type: 'lib', pattern: 'src/lib' },
      ],
    },
    rules: {
      'boundaries/no-unknown': 'error',
      'boundaries/no-unknown-files': 'error',
      'boundaries/element-types': [
        'error',
        {
          default: 'disallow',
          message: 'A ${file.type} may not use a ${dependency.type}: see README.md, "Layers".',
          rules: [
            { from: 'main', allow: ['app'] },
            { from: 'app', allow: ['app', 'feature', ...below] },
            ...Object.entries(features).map(([name, others]) => ({
              from: [['feature', { name }]],
              allow: [...below, ...[name, ...others].map((other) => ['feature', { name: other }])],
            })),
            { from: 'components', allow: ['components', 'lib'] },
            { from: 'api', allow: ['api', 'lib'] },
            { from: 'lib', allow: ['lib'] },
          ],
        },
      ],
    },
  },
);
