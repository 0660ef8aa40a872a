/** What a chain's indexing is at. */
export const chains = {
  Waiting: 'Wartet',
  waiting: 'wartet',
  'The source has not answered yet.': 'Die Quelle hat noch nicht geantwortet.',
  Standby: 'Bereitschaft',
  standby: 'in Bereitschaft',
  'Another indexer writes this chain; this one would take over.':
    'Ein anderer Indexer schreibt diese Chain; dieser würde übernehmen.',
  Indexing: 'Indiziert',
  indexing: 'indiziert',
  'The past is being written; numbers grow until it is done.':
    'Die Vergangenheit wird geschrieben; die Zahlen wachsen, bis sie fertig ist.',
  Live: 'Live',
  live: 'live',
  'Every new block is followed as it comes.': 'Jedem neuen Block wird sofort gefolgt.',
  Halted: 'Angehalten',
  halted: 'angehalten',
  'Indexing has stopped and needs the operator.': 'Die Indizierung steht still und braucht den Betreiber.',
  Complete: 'Vollständig',
  complete: 'vollständig',
  'A recorded history, written to its end.': 'Eine aufgezeichnete Geschichte, bis zum Ende geschrieben.',
};
