import { useState } from 'react';
import type { UrlIssue } from '../config/queryReader.ts';
import { Banner } from './Banner.tsx';
import { formatCount } from './format.ts';
import { useRun, useSession } from './session/context.ts';
import { type IssueText, issueTexts } from './urlIssues.ts';
import { useUnknownView } from './view.ts';

/** What of the link that opened the page could not be used as it was. */
export function LinkBanner() {
  const session = useSession();
  const issues = useRun((run) => run.urlIssues);
  const view = useUnknownView();
  const [seenView, setSeenView] = useState<string | null>(null);
  const strayView = view === seenView ? null : view;
  if (issues.length === 0 && strayView === null) return null;
  const { shown, more } = issueTexts(issues, strayView);
  return (
    <Banner
      tone="warn"
      name="url"
      title={titleOf(issues)}
      onDismiss={() => {
        session.dismissUrlIssues();
        setSeenView(view);
      }}
    >
      {shown.map((issue, i) => (
        <span key={issue.key} data-field={issue.name}>
          {i > 0 && '; '}
          <IssueItem issue={issue} />
        </span>
      ))}
      {more > 0 && `; and ${formatCount(more)} more`}.
    </Banner>
  );
}

function titleOf(issues: readonly UrlIssue[]): string {
  return issues.some(({ used }) => used !== 'ignored')
    ? 'Some link settings were corrected:'
    : 'Parts of the link were not understood:';
}

function IssueItem({ issue: { name, text } }: { issue: IssueText }) {
  return (
    <>
      <code>{name}</code> {text}
    </>
  );
}
