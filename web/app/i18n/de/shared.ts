/** What parts of every page say: the moment it is of, saved views, tables, files, values. */
export const shared = {
  'The open-source explorer for decentralised compute networks.':
    'Der quelloffene Explorer für dezentrale Rechennetzwerke.',
  'This view': 'Diese Ansicht',
  'A look at the past.': 'Ein Blick in die Vergangenheit.',
  'Who is online, prices asked for off chain and endpoints are known of now only.':
    'Wer online ist, außerhalb der Chain erfragte Preise und Endpunkte sind nur von jetzt bekannt.',
  'Go back in time': 'In der Zeit zurückgehen',
  'Not known of when.': 'Von wann, ist nicht bekannt.',
  'No block yet.': 'Noch kein Block.',
  'As of block {number} of {chain}, {time}, {age} old': 'Stand von Block {number} von {chain}, {time}, {age} alt',
  'and {n} more chain|and {n} more chains': 'und {n} weitere Chain|und {n} weitere Chains',
  'Block or UTC time': 'Block oder Zeit in UTC',
  '{block} or 2026-01-31 12:00': '{block} oder 2026-01-31 12:00',
  'How sure': 'Wie sicher',
  'newest blocks': 'neueste Blöcke',
  'safe blocks': 'sichere Blöcke',
  'final blocks': 'endgültige Blöcke',
  Show: 'Zeigen',
  'Back to now': 'Zurück zu jetzt',
  'Saved views': 'Gespeicherte Ansichten',
  'Link to this view': 'Link auf diese Ansicht',
  'Copy the link': 'Link kopieren',
  Copied: 'Kopiert',
  'With JavaScript, views are kept here by name; a bookmark does as well.':
    'Mit JavaScript werden Ansichten hier unter einem Namen aufbewahrt; ein Lesezeichen tut es auch.',
  Name: 'Name',
  'Save this view': 'Diese Ansicht speichern',
  'Remove {name}': '{name} entfernen',
  'None saved in this browser yet.': 'In diesem Browser ist noch keine gespeichert.',
  'The moment in the address was not understood: give a block number, such as 4221, or a time in UTC, such as 2026-01-31 12:00.':
    'Der Zeitpunkt in der Adresse ist unverständlich: Geben Sie eine Blocknummer an, etwa 4221, oder eine Zeit in UTC, etwa 2026-01-31 12:00.',
  'That block has not been indexed yet. Wait until the chain has come so far, or choose one that is not above the last block at the foot of this page.':
    'Dieser Block ist noch nicht indiziert. Warten Sie, bis die Chain so weit ist, oder wählen Sie einen, der nicht über dem letzten Block am Fuß dieser Seite liegt.',
  'No such block is known: the chain has replaced it, or it was never indexed.':
    'Ein solcher Block ist nicht bekannt: Die Chain hat ihn ersetzt, oder er wurde nie indiziert.',
  'That block lies before the first one that is kept. Choose a later one.':
    'Dieser Block liegt vor dem ersten, der aufbewahrt wird. Wählen Sie einen späteren.',
  'That block is not as sure as you ask for. Choose an earlier one, or ask for less.':
    'Dieser Block ist nicht so sicher wie verlangt. Wählen Sie einen früheren, oder verlangen Sie weniger.',
  'Several chains are indexed, and a block number is of one of them: write it as chain:block, such as 31337:4221, or give a time in UTC.':
    'Mehrere Chains sind indiziert, und eine Blocknummer gehört zu einer von ihnen: Schreiben Sie sie als Chain:Block, etwa 31337:4221, oder geben Sie eine Zeit in UTC an.',
  'No such chain is indexed. Choose one of those at the foot of this page, or give a time in UTC.':
    'Eine solche Chain ist nicht indiziert. Wählen Sie eine von denen am Fuß dieser Seite, oder geben Sie eine Zeit in UTC an.',
  'Show GraphQL': 'GraphQL zeigen',
  'Open in the playground': 'Im Playground öffnen',
  Variables: 'Variablen',
  'All rows:': 'Alle Zeilen:',
  '{format} of {rows}': '{format} von {rows}',
  'Too many filters for a file’s address; the query below has them all.':
    'Zu viele Filter für die Adresse einer Datei; die Abfrage darunter enthält sie alle.',
  'look-alike letters': 'ähnliche Buchstaben',
  'Some letters are of another alphabet than they look like: compare the address.':
    'Einige Buchstaben gehören zu einem anderen Alphabet, als sie aussehen: Vergleichen Sie die Adresse.',
  'Not recorded by this protocol.': 'Dieses Protokoll erfasst das nicht.',
  'None yet.': 'Noch keine.',
};
