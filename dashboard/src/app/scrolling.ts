/** Of a table that scrolls: so that the keyboard reaches what is out of sight. */
export const SCROLLABLE = { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } as const;
