import classes from './ViewLinks.module.css';
import { useView, type View, viewAddress } from './view.ts';

/** The view for a projector has a button and a key of its own. */
const linked: readonly (readonly [View, string])[] = [
  ['train', 'Train'],
  ['sideBySide', 'Side by side'],
  ['compare', 'Compare'],
];

/** The views of the page; training goes on in each. */
export function ViewLinks() {
  const current = useView();
  return (
    <nav className={classes.links} aria-label="Views">
      {linked.map(([view, label]) => (
        <a key={view} href={viewAddress[view]} aria-current={view === current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
