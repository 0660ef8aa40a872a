/** Marks data that was read from a file rather than followed live. */
export function RecordedBadge({ notice }: { readonly notice: string | null }) {
  return (
    <span className="badge badge-recorded" title={notice ?? 'Recorded history'}>
      recorded
    </span>
  );
}

/** The same in full, for the top of a page about one recorded network. */
export function RecordedNotice({ notice }: { readonly notice: string | null }) {
  return (
    <p className="notice notice-recorded">
      {notice ?? 'Recorded history: these events were read from a file and do not change any more.'}
    </p>
  );
}
