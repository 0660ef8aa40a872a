/** Marks data that was read from a file rather than followed live. */
export function RecordedBadge({ notice }: { readonly notice: string | null }) {
  return (
    <span className="badge badge-recorded" title={notice ?? 'Recorded history'}>
      recorded
    </span>
  );
}
