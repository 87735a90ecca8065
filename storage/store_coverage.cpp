#include "storage/store_impl.hpp"

#include <algorithm>
#include <map>

namespace polar_flow::storage {

namespace {

/// One end of each range of a set of days.
auto days_of(day_set stream_coverage::*set, date date_range::*end) {
  return [set, end](const stream_coverage& ledger) {
    return column((ledger.*set).ranges(), end);
  };
}

parameters coverage_parameters(const user_id& user, const std::vector<stream_coverage>& ledgers,
                               instant now) {
  auto values = parameters::of(user);
  const auto add = [&](auto member) {
    values.add(column(ledgers, member));
  };
  add([](const stream_coverage& ledger) { return to_string(ledger.kind); });
  add(days_of(&stream_coverage::settled, &date_range::first));
  add(days_of(&stream_coverage::settled, &date_range::last));
  add(days_of(&stream_coverage::unconfirmed, &date_range::first));
  add(days_of(&stream_coverage::unconfirmed, &date_range::last));
  add(&stream_coverage::unconfirmed_on);
  add(&stream_coverage::fetched_through);
  add(&stream_coverage::newest_data);
  add(days_of(&stream_coverage::failed, &date_range::first));
  add(days_of(&stream_coverage::failed, &date_range::last));
  add(failure_type<stream_coverage>);
  add(failure_message<stream_coverage>);
  add([now](const stream_coverage& ledger) { return ledger.updated_at.value_or(now); });
  return values;
}

day_set read_days(row_reader& in) {
  const auto first_days = in.next<std::vector<date>>();
  const auto last_days = in.next<std::vector<date>>();
  std::vector<date_range> ranges;
  for (std::size_t i = 0; i < first_days.size(); ++i)
    ranges.push_back({first_days[i], last_days.at(i)});
  return day_set{ranges};
}

/// Absent for a stream that this version does not know.
std::optional<stream_coverage> read_ledger(const pqxx::row& row) {
  row_reader in{row};
  const auto kind = parse_stream(in.next<std::string>());
  if (!kind)
    return std::nullopt;
  stream_coverage ledger;
  ledger.kind = *kind;
  ledger.settled = read_days(in);
  ledger.unconfirmed = read_days(in);
  in >> ledger.unconfirmed_on >> ledger.fetched_through >> ledger.newest_data;
  ledger.failed = read_days(in);
  const auto type = in.next<std::optional<std::string>>();
  const auto message = in.next<std::optional<std::string>>();
  ledger.failure = failure_of(type, message);
  in >> ledger.updated_at;
  return ledger;
}

} // namespace

void upsert_coverage(transaction& tx, const user_id& user,
                     const std::vector<stream_coverage>& ledgers, instant now) {
  if (!ledgers.empty())
    tx.run(statements::upsert_coverage, coverage_parameters(user, ledgers, now));
}

result<std::vector<stream_coverage>> store::load_coverage(const user_id& user) {
  return impl_->db.read([&](transaction& tx) -> result<std::vector<stream_coverage>> {
    std::vector<stream_coverage> ledgers;
    for (const auto& row : tx.run(statements::load_coverage, parameters::of(user)))
      if (auto ledger = read_ledger(row))
        ledgers.push_back(std::move(*ledger));
    std::ranges::sort(ledgers, {}, &stream_coverage::kind);
    return ledgers;
  });
}

result<std::vector<present_days>> store::load_present_days(const user_id& user, date_range days) {
  return impl_->db.read([&](transaction& tx) -> result<std::vector<present_days>> {
    std::map<std::string, day_set> found;
    for (const auto& row :
         tx.run(statements::load_present_days, parameters::of(user, days.first, days.last))) {
      row_reader in{row};
      auto& set = found[in.next<std::string>()];
      for (const auto day : in.next<std::vector<date>>())
        set.add({day, day});
    }
    std::vector<present_days> list;
    for (const auto kind : all_streams)
      list.push_back({kind, std::move(found[std::string{to_string(kind)}])});
    return list;
  });
}

} // namespace polar_flow::storage
