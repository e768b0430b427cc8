import classes from './ViewLinks.module.css';
import { useView, type View, viewAddress, views } from './view.ts';

const labels: Readonly<Record<View, string>> = {
  train: 'Train',
  sideBySide: 'Side by side',
  compare: 'Compare',
};

/** The views of the page; training goes on in each. */
export function ViewLinks() {
  const current = useView();
  return (
    <nav className={classes.links} aria-label="Views">
      {views.map((view) => (
        <a key={view} href={viewAddress[view]} aria-current={view === current ? 'page' : undefined}>
          {labels[view]}
        </a>
      ))}
    </nav>
  );
}
