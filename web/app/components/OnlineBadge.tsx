/** Whether a node is there, in words; each state has a sign of its own, so that colour is never alone. */
export function OnlineBadge({ online }: { readonly online: boolean | null }) {
  const { tone, sign, label, title } = states[String(online) as keyof typeof states];
  return (
    <span className={`badge badge-${tone}`} title={title}>
      <span aria-hidden="true">{sign}</span> {label}
    </span>
  );
}

const states = {
  true: {
    tone: 'good',
    sign: '●',
    label: 'Online',
    title: 'Signed beats come in: at most two minutes in a row were missed of those that we saw',
  },
  false: {
    tone: 'bad',
    sign: '○',
    label: 'Silent',
    title: 'Three minutes in a row that we saw went without a beat, and no two with one since',
  },
  null: {
    tone: 'quiet',
    sign: '?',
    label: 'Not known',
    title: 'Never heard, or we saw too little of the last minutes',
  },
} as const;
