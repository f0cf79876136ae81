import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** What Svelte carries for pages that are not like this one: here nothing is hydrated, no component
 * is of Svelte 4 or a custom element, none is asynchronous. Said as constants, the code for it goes. */
const NEVER: [file: RegExp, change: (code: string) => string][] = [
  [/\/svelte\/src\/internal\/flags\/index\.js$/, (code) => code.replace(/export let (\w+) = false/g, 'export const $1 = false').replace(/^\t\w+ = (true|false);$/gm, '')],
  [/\/svelte\/src\/internal\/client\/dom\/hydration\.js$/, (code) => code.replace('export let hydrating = false', 'export const hydrating = false').replace('\thydrating = value;', '')],
  [/\/svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/, () => 'export function create_custom_element() {}'],
];

function lean(): Plugin {
  return {
    name: 'lean-svelte',
    apply: 'build',
    transform(code, id) {
      const found = NEVER.find(([file]) => file.test(id));
      if (!found) return null;
      const changed = found[1](code);
      if (changed === code) this.error(`Svelte has changed: look at ${id}`);
      return { code: changed, map: null };
    },
  };
}

/** The styles of the first week stand in the page itself. The webview paints nothing while it waits for
 * a file of styles, and the window, which waits for the first picture of a page, could not even send
 * that file meanwhile. The shell puts a nonce to them. */
function styled(): Plugin {
  return {
    name: 'styles-in-the-page',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') return this.error('there is no page');
      page.source = String(page.source).replace(/ *<link rel="stylesheet"[^>]* href="\/([^"]+)">/g, (_, name: string) => {
        const styles = bundle[name];
        if (styles?.type !== 'asset') return this.error(`${name} is not there`);
        delete bundle[name];
        return `    <style>${String(styles.source)}</style>`;
      });
    },
  };
}

export default defineConfig({
  plugins: [lean(), styled(), svelte({ configFile: false, compilerOptions: { runes: true, discloseVersion: false, cssHash: ({ hash, filename }) => `b${hash(filename).slice(0, 4)}` } })],
  resolve: { alias: { $lib: new URL('./src/lib', import.meta.url).pathname } },
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: 'safari18',
    // The content security policy allows no data: addresses, so nothing may be inlined as one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node', setupFiles: ['src/lib/messages/test.ts'] },
});
