/**
 * Where the page begins. The headline of index.html is on the screen by now; the page's code comes after it, with its styles,
 * which would hold up that first picture if index.html asked for them.
 */
fetchPage().catch((thrown: unknown) => {
  console.error('The page’s code could not be fetched:', thrown);
  const root = document.getElementById('root');
  if (root) root.textContent = 'The page could not be loaded. Check the connection, then reload it.';
});

/** Parts of the code one by one: run at once they would keep the page busy for too long. */
async function fetchPage(): Promise<void> {
  const parts = [
    () => import('react-dom/client'),
    () => import('./config/url.ts'),
    () => import('./ui/theme.ts'),
    () => import('./main.tsx'),
  ];
  for (const part of parts) {
    await part();
    await new Promise((next) => setTimeout(next));
  }
}
