#include "storage/store_impl.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace polar_flow::storage {

namespace {

/// One end of each range of a set of days.
auto days_of(day_set stream_coverage::*set, date date_range::*end) {
  return [set, end](const stream_coverage& ledger) {
    return column((ledger.*set).ranges(), end);
  };
}

/// One value of each range of failed days.
template <class Projection>
auto of_failed_ranges(Projection project) {
  return [project](const stream_coverage& ledger) {
    array_text text;
    for (const auto& failure : ledger.failed)
      for (const auto& range : failure.days.ranges())
        text.add(std::invoke(project, failure, range));
    return std::move(text).finish();
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
  add(&stream_coverage::unconfirmed_at);
  add(&stream_coverage::fetched_through);
  add(&stream_coverage::newest_data);
  add(of_failed_ranges([](const auto&, date_range range) { return range.first; }));
  add(of_failed_ranges([](const auto&, date_range range) { return range.last; }));
  add(of_failed_ranges([](const auto& failure, auto) { return to_string(failure.reason.code); }));
  add(of_failed_ranges([](const auto& failure, auto) { return failure.reason.message; }));
  add([](const stream_coverage& ledger) { return column(ledger.reopened, std::identity{}); });
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

/// The ranges of one reason stand side by side.
std::vector<failed_days> read_failed_days(row_reader& in) {
  const auto first_days = in.next<std::vector<date>>();
  const auto last_days = in.next<std::vector<date>>();
  const auto types = in.next<std::vector<std::string>>();
  const auto messages = in.next<std::vector<std::string>>();
  std::vector<failed_days> failed;
  for (std::size_t i = 0; i < first_days.size(); ++i) {
    const auto reason = failure_of(types.at(i), messages.at(i)).value();
    if (failed.empty() || failed.back().reason != reason)
      failed.push_back({reason, {}});
    failed.back().days.add({first_days[i], last_days.at(i)});
  }
  return failed;
}

stream_coverage read_ledger(row_reader& in, stream kind) {
  stream_coverage ledger;
  ledger.kind = kind;
  ledger.settled = read_days(in);
  ledger.unconfirmed = read_days(in);
  in >> ledger.unconfirmed_on >> ledger.unconfirmed_at >> ledger.fetched_through
      >> ledger.newest_data;
  ledger.failed = read_failed_days(in);
  in >> ledger.reopened >> ledger.updated_at;
  for (const auto day : ledger.reopened)
    ledger.settled.remove({day, day});
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
    for (const auto& row : tx.run(statements::load_coverage, parameters::of(user))) {
      row_reader in{row};
      // A newer version may know more streams.
      if (const auto kind = parse_stream(in.next<std::string>()))
        ledgers.push_back(read_ledger(in, *kind));
    }
    std::ranges::sort(ledgers, {}, &stream_coverage::kind);
    return ledgers;
  });
}

result<std::vector<present_days>> store::load_present_days(const user_id& user, date_range days) {
  return impl_->db.read([&](transaction& tx) -> result<std::vector<present_days>> {
    std::map<stream, present_days> found;
    for (const auto kind : all_streams)
      found[kind].ledger.kind = kind;
    for (const auto& row :
         tx.run(statements::load_present_days, parameters::of(user, days.first, days.last))) {
      row_reader in{row};
      const auto kind = parse_stream(in.next<std::string>());
      if (!kind)
        continue;
      for (const auto day : in.next<std::vector<date>>())
        found[*kind].days.add({day, day});
      if (in.next<bool>())
        found[*kind].ledger = read_ledger(in, *kind);
    }
    std::vector<present_days> list;
    for (const auto kind : all_streams)
      list.push_back(std::move(found[kind]));
    return list;
  });
}

} // namespace polar_flow::storage
