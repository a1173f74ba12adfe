/** Polish words of the audit. */
export const plAudit = {
  auditTitle: 'Dziennik działań',
  auditFilters: 'Filtry dziennika',
  auditWhat: 'Co zrobiono',
  auditText: 'Słowa w przedmiocie lub powodzie',
  auditFrom: 'Od dnia',
  auditTo: 'Do dnia',
  auditNone: 'Nic takiego nie zapisano. Zmień filtry.',
  auditPlace: 'Nr',
  auditWho: 'Kto',
  auditAbout: 'Czego dotyczy',
  auditWhy: 'Powód',
  auditDetail: 'Szczegóły',
  auditPages: 'Strony dziennika',
  auditHint:
    'Wierszy tylko przybywa, a każdy ma skrót SHA-256 poprzedniego. Cały łańcuch sprawdza polecenie „blizniak audit verify”.',
} as const;
