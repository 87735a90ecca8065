#include "storage/store_impl.hpp"

#include <algorithm>
#include <utility>

namespace polar_flow::storage {

namespace {

/// Fetching news takes seconds; what is still there by then got lost on the way.
constexpr std::chrono::minutes first_try_after{5};

/// The day of the event and the longest that Polar keeps anything.
constexpr std::chrono::days news_kept{28};

/// More is taken by the next look. A bound for one answer, which one transaction writes.
constexpr std::int32_t news_per_look_max = 1000;

/// Absent for a stream that this version does not know.
std::optional<news_of_user> read_pending_news(const pqxx::row& row) {
  row_reader in{row};
  news_of_user found;
  in >> found.user >> found.news.number;
  const auto kind = parse_stream(in.next<std::string>());
  const auto first_day = in.next<std::optional<date>>();
  const auto last_day = in.next<std::optional<date>>();
  in >> found.news.what.polar_exercise_id;
  if (!kind)
    return std::nullopt;
  found.news.what.kind = *kind;
  if (first_day && last_day)
    found.news.what.days = {*first_day, *last_day};
  return found;
}

} // namespace

result<std::optional<webhook_record>> store::find_webhook() {
  return impl_->db.read([](transaction& tx) -> result<std::optional<webhook_record>> {
    const auto rows = tx.run(statements::find_webhook);
    if (rows.empty())
      return std::nullopt;
    webhook_record record;
    const auto row = rows.front();
    row_reader{row} >> record.webhook_id >> record.url >> record.sealed_secret >> record.created_at;
    return record;
  });
}

result<void> store::put_webhook(const std::optional<webhook_record>& record, instant now) {
  return impl_->db.write([&](transaction& tx) -> result<void> {
    if (record)
      tx.run(statements::upsert_webhook,
             parameters::of(record->webhook_id, record->url, record->sealed_secret,
                            record->created_at, now));
    else
      tx.run(statements::delete_webhook);
    return {};
  });
}

result<std::optional<std::int64_t>>
store::keep_news(const user_id& user, const polar_news& announced, instant now) {
  std::optional<date> first_day;
  std::optional<date> last_day;
  if (announced.days) {
    first_day = announced.days->first;
    last_day = announced.days->last;
  }
  return impl_->db.write([&](transaction& tx) -> result<std::optional<std::int64_t>> {
    const auto rows = tx.run(statements::keep_news,
                             parameters::of(user, to_string(announced.kind), first_day, last_day,
                                            announced.polar_exercise_id, now,
                                            now + first_try_after));
    if (rows.empty())
      return std::nullopt;
    const auto row = rows.front();
    return row_reader{row}.next<std::int64_t>();
  });
}

result<std::vector<news_of_user>> store::take_pending_news(instant now, news_age age) {
  return impl_->db.write([&](transaction& tx) -> result<std::vector<news_of_user>> {
    tx.run(statements::drop_old_news, parameters::of(now - news_kept));
    std::vector<news_of_user> all;
    for (const auto& row : tx.run(statements::take_pending_news,
                                  parameters::of(now, age == news_age::any, news_per_look_max)))
      if (auto found = read_pending_news(row))
        all.push_back(std::move(*found));
    std::ranges::sort(all, {}, [](const news_of_user& found) { return found.news.number; });
    return all;
  });
}

} // namespace polar_flow::storage
