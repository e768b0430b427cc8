import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const PlayIcon = () => (
  <Icon>
    <path d="M4.5 2.8v10.4L13 8z" fill="currentColor" />
  </Icon>
);
export const PauseIcon = () => (
  <Icon>
    <path d="M5 3v10M11 3v10" strokeWidth="2.6" />
  </Icon>
);
export const StepIcon = () => (
  <Icon>
    <path d="M3.5 3v10L10 8z" fill="currentColor" />
    <path d="M13 3v10" strokeWidth="2" />
  </Icon>
);
export const ResetIcon = () => (
  <Icon>
    <path d="M2.8 8a5.2 5.2 0 1 0 1.7-3.9L2.8 5.6" />
    <path d="M2.6 2.4v3.3h3.3" />
  </Icon>
);
export const LinkIcon = () => (
  <Icon>
    <path d="M6.5 9.5a2.7 2.7 0 0 0 3.9.2l2.2-2.2a2.7 2.7 0 0 0-3.8-3.8l-.9.8" />
    <path d="M9.5 6.5a2.7 2.7 0 0 0-3.9-.2L3.4 8.5a2.7 2.7 0 0 0 3.8 3.8l.9-.8" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon>
    <path d="M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.8 13.3h10.4" />
  </Icon>
);
export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="3" />
    <path d="M8 1.2v1.3M8 13.5v1.3M1.2 8h1.3M13.5 8h1.3M3.2 3.2l.9.9M11.9 11.9l.9.9M12.8 3.2l-.9.9M4.1 11.9l-.9.9" />
  </Icon>
);
export const MoonIcon = () => (
  <Icon>
    <path d="M13.2 9.8A5.6 5.6 0 0 1 6.2 2.8a5.6 5.6 0 1 0 7 7z" />
  </Icon>
);
export const ProjectorIcon = () => (
  <Icon>
    <path d="M1.8 2.8h12.4M3 2.8v7.4h10V2.8M8 10.2v3.2M5.4 13.4h5.2" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
  </Icon>
);
export const DiceIcon = () => (
  <Icon>
    <rect x="2.5" y="2.5" width="11" height="11" rx="2.5" />
    <path d="M5.6 5.6h.01M10.4 5.6h.01M8 8h.01M5.6 10.4h.01M10.4 10.4h.01" strokeWidth="2.2" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);
