/**
 * Has index.html ask for the code and styles of the page (src/main.tsx) while src/start.ts is on its way, but wait for none of
 * it: the headline is painted before.
 * @returns {import('vite').Plugin}
 */
export function preloadPage() {
  return {
    name: 'preload-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/main.tsx'));
        const needed = new Set(page ? [page] : []);
        for (const { imports } of needed)
          for (const chunk of chunks) if (imports.includes(chunk.fileName)) needed.add(chunk);
        const styles = new Set(
          [...needed].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]),
        );
        const links = [
          ...[...needed].map(({ fileName }) => ({ rel: 'modulepreload', href: `./${fileName}` })),
          ...[...styles].map((fileName) => ({
            rel: 'preload',
            as: 'style',
            crossorigin: true,
            href: `./${fileName}`,
          })),
        ];
        return links.map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' }));
      },
    },
  };
}
