/** What parts of every page say: the moment it is of, saved views, tables, files, values. */
export const shared = {
  'The open-source explorer for decentralised compute networks.':
    'Der quelloffene Explorer für dezentrale Rechennetzwerke.',
  'Who a provider is: its reputation with what made it, its prices, uptime, jobs, machines and payouts.':
    'Wer ein Anbieter ist: sein Ruf mit dem, was ihn ausmacht, seine Preise, Verfügbarkeit, Aufträge, Maschinen und Auszahlungen.',
  'What formulas of others would say of a provider, made from the same history.':
    'Was Formeln anderer über einen Anbieter sagen würden, aus derselben Geschichte gemacht.',
  'A machine of a provider: what it claims, when it was heard, and which work it took on.':
    'Eine Maschine eines Anbieters: was sie angibt, wann sie zu hören war und welche Arbeit sie übernahm.',
  'For who runs machines: what buyers see of you, and what would raise your reputation.':
    'Für alle, die Maschinen betreiben: was Käufer von Ihnen sehen und was Ihren Ruf heben würde.',
  'All that an operator runs: reputation, what lowered it, what would raise it, earnings and maintenance.':
    'Alles, was jemand betreibt: Ruf, was ihn senkte, was ihn heben würde, Einnahmen und Wartung.',
  'Trades that count for nothing in a reputation, with the reason of each.':
    'Geschäfte, die für einen Ruf nichts zählen, jedes mit seinem Grund.',
  'Every figure that is published, with its definition, formula and sources.':
    'Jede veröffentlichte Kennzahl mit Definition, Formel und Quellen.',
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
  Copy: 'Kopieren',
  Copied: 'Kopiert',
  'Copy {id}': '{id} kopieren',
  'Not copied: this browser does not let pages copy': 'Nicht kopiert: Dieser Browser lässt Seiten nicht kopieren',
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
  'All rows of {rows}:': 'Alle Zeilen von {rows}:',
  '{format} of {rows}': '{format} von {rows}',
  'Too many filters for a file’s address; the query below has them all.':
    'Zu viele Filter für die Adresse einer Datei; die Abfrage darunter enthält sie alle.',
  'look-alike letters': 'ähnliche Buchstaben',
  'Some letters are of another alphabet than they look like: compare the address.':
    'Einige Buchstaben gehören zu einem anderen Alphabet, als sie aussehen: Vergleichen Sie die Adresse.',
  'Not recorded by this protocol.': 'Dieses Protokoll erfasst das nicht.',
  'None yet.': 'Noch keine.',
  Pages: 'Seiten',
  Previous: 'Zurück',
  Next: 'Weiter',
  'Page {page}': 'Seite {page}',
  'Page {page}: rows {from}–{to}': 'Seite {page}: Zeilen {from}–{to}',
  'Narrow the list by a filter to see more': 'Mehr zeigt die Liste, wenn ein Filter sie einengt',
  unknown: 'unbekannt',
  'No evidence yet': 'Noch kein Beleg',
  unavailable: 'nicht verfügbar',
  'Not to be had at the moment': 'Im Augenblick nicht zu haben',
  'not recorded': 'nicht erfasst',
  'Not recorded by this protocol': 'Dieses Protokoll erfasst das nicht',
  'This history was recorded without times; blocks give its order only':
    'Diese Geschichte wurde ohne Zeiten aufgezeichnet; Blöcke geben nur ihre Reihenfolge an',
  '(recorded order)': '(aufgezeichnete Reihenfolge)',
  now: 'jetzt',
  '{duration} ago': 'vor {duration}',
  'in {duration}': 'in {duration}',
  'Not as it stands on the chain: what is unseen, deceptive or too long was taken out. Fingerprint of the original: {fingerprint}':
    'Nicht, wie es auf der Chain steht: Was unsichtbar, irreführend oder zu lang ist, wurde entfernt. Fingerabdruck des Originals: {fingerprint}',
  cleaned: 'bereinigt',
  'Recorded history': 'Aufgezeichnete Geschichte',
  recorded: 'aufgezeichnet',
  'block {number} of {head}': 'Block {number} von {head}',
  'Connection lost.': 'Verbindung verloren.',
  'What you see may be outdated; it refreshes by itself.':
    'Was Sie sehen, kann veraltet sein; es erneuert sich von selbst.',
  '{chain} has halted.': '{chain} steht still.',
  'Its numbers stand still; see {status}.': 'Ihre Zahlen stehen still; siehe {status}.',
  '{chain} is behind.': '{chain} ist im Rückstand.',
  'Its newest events are missing below; see {status}.': 'Ihre neuesten Ereignisse fehlen unten; siehe {status}.',
  'Indexing {chain}': '{chain} wird indiziert',
  'Indexing {chain}:': '{chain} wird indiziert:',
  'Numbers grow until it is done.': 'Die Zahlen wachsen, bis es fertig ist.',
  hour: 'Stunde',
  task: 'Aufgabe',
  'No USD: {reason}': 'Kein USD: {reason}',
  'set rate': 'gesetzter Kurs',
  'no feed': 'kein Preisfeed',
  'No price feed of the token is known on its chain.': 'Auf der Chain dieses Tokens ist kein Preisfeed bekannt.',
  'no price yet': 'noch kein Preis',
  'The price feed had not answered by then.': 'Der Preisfeed hatte bis dahin nicht geantwortet.',
  'no valid price': 'kein gültiger Preis',
  'The price feed had given no price above zero by then.':
    'Der Preisfeed hatte bis dahin keinen Preis über null genannt.',
  'stale price': 'veralteter Preis',
  "The price feed's last answer was too old by then.": 'Die letzte Antwort des Preisfeeds war bis dahin zu alt.',
  'The reason is not known.': 'Der Grund ist nicht bekannt.',
  'at {rate}. {note}': 'zu {rate}. {note}',
  'at {rate}, {pair} of {time}, {duration} before its block': 'zu {rate}, {pair} von {time}, {duration} vor dem Block',
  'Who is online is known of now only': 'Wer online ist, ist nur von jetzt bekannt',
  Online: 'Online',
  Silent: 'Still',
  'Not known': 'Nicht bekannt',
  'Signed beats come in: at most two minutes in a row were missed of those that we saw':
    'Signierte Lebenszeichen kommen an: Höchstens zwei Minuten in Folge fehlten von denen, die wir sahen',
  'Three minutes in a row that we saw went without a beat, and no two with one since':
    'Drei Minuten in Folge, die wir sahen, vergingen ohne Lebenszeichen, und seither keine zwei mit einem',
  'Never heard, or we saw too little of the last minutes':
    'Nie gehört, oder wir sahen zu wenig von den letzten Minuten',
  chain: 'Chain',
  'asked of {host}': 'erfragt bei {host}',
  'its source': 'der Quelle',
  'No answer since: it may have changed': 'Seither keine Antwort: Es kann sich geändert haben',
  stale: 'veraltet',
};
