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

/** The first week is one file: its styles and its script stand in the page itself. The webview paints
 * nothing while it waits for styles, and the window, busy with its own first picture, is slow to answer
 * when the page asks for a script (12 ms of 150). The shell lets in this script alone, by its hash, and
 * puts a nonce to the styles.
 *
 * A script that stands in a page cannot be imported from. What the other files want of it, it leaves in
 * `FIRST`, and a file with its name hands that on. Only what is never assigned anew survives this. */
const FIRST = 'globalThis.__FIRST__';

function onePage(): Plugin {
  return {
    name: 'one-page',
    apply: 'build',
    enforce: 'post',
    // After Vite has put in the names of the styles that come with each file.
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const page = bundle['index.html'];
        const script = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
        if (page?.type !== 'asset' || script?.type !== 'chunk') return this.error('there is no page');
        for (const id of script.moduleIds) {
          const { code, importers } = this.getModuleInfo(id) ?? {};
          const elsewhere = importers?.find((one) => !script.moduleIds.includes(one));
          if (elsewhere && /^export (let|var)\b/m.test(code ?? '')) this.error(`${elsewhere} imports from ${id}, which exports a variable. Make it a constant.`);
        }
        const { own, names } = exported(script.code);
        if (/<\/?script/i.test(own)) return this.error('the script would end in its midst');
        const left = `${FIRST}={${names.map(([local, name]) => `${name}:${local}`).join()}};`;
        script.code = `export const{${names.map(([, name]) => name).join()}}=${FIRST};`;
        page.source = String(page.source)
          .replace(/ *<script type="module"[^>]*><\/script>\n/, '')
          .replace('</body>', () => `  <script type="module">${own}${left}</script>\n  </body>`)
          .replace(/<link rel="stylesheet"[^>]* href="\/([^"]+)">/, (_, name: string) => {
            const styles = bundle[name];
            if (styles?.type !== 'asset') return this.error(`${name} is not there`);
            delete bundle[name];
            return `<style>${String(styles.source)}</style>`;
          });
      },
    },
  };
}

/** A script without its last statement, and the names which that exports: the local one, the one outside. */
function exported(code: string): { own: string; names: [local: string, name: string][] } {
  const [, own, list] = /^(.*)export ?\{([^}]*)\};?\s*$/s.exec(code) ?? [];
  if (own === undefined || list === undefined) throw new Error('the script of the first week exports nothing');
  return { own, names: list.split(',').map((one) => one.trim().split(' as ')).map(([local, name]) => [local!, name ?? local!]) };
}

export default defineConfig({
  plugins: [lean(), onePage(), svelte({ configFile: false, compilerOptions: { runes: true, discloseVersion: false, cssHash: ({ hash, filename }) => `b${hash(filename).slice(0, 4)}` } })],
  resolve: { alias: { $lib: new URL('./src/lib', import.meta.url).pathname } },
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: 'safari18',
    // All files in one folder: a script in the page names the others as its neighbours.
    assetsDir: '',
    // The content security policy allows no data: addresses, so nothing may be inlined as one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node', setupFiles: ['src/lib/messages/test.ts'] },
});
