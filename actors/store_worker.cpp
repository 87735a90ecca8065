#include "actors/store_worker.hpp"

#include "actors/errors.hpp"

#include <caf/all.hpp>

#include <utility>

namespace polar_flow::actors {
namespace {

using self_pointer = store_actor::stateful_pointer<store_worker_state>;

/// The answer of `call(store)`, turned into the message `Answer` by `convert`.
template <class Answer, class Call, class Convert>
caf::result<Answer> ask(self_pointer self, Call call, Convert convert) {
  auto store = self->state.open();
  if (!store)
    return to_caf(store.error());
  auto outcome = call(**store);
  if (!outcome)
    return to_caf(outcome.error());
  return convert(outcome);
}

/// For functions whose value is the message itself.
template <class Answer, class Call>
caf::result<Answer> ask(self_pointer self, Call call) {
  return ask<Answer>(self, call, [](auto& outcome) { return Answer{std::move(*outcome)}; });
}

/// For functions that return nothing.
template <class Call>
caf::result<done> tell(self_pointer self, Call call) {
  return ask<done>(self, call, [](auto&) { return done{}; });
}

/// For functions whose value is shared.
template <class Answer, class Value, class Call>
caf::result<Answer> ask_shared(self_pointer self, Call call) {
  return ask<Answer>(self, call, [](auto& outcome) {
    return Answer{std::make_shared<const Value>(std::move(*outcome))};
  });
}

} // namespace

result<storage::store*> store_worker_state::open() {
  if (!store) {
    auto opened = storage::store::open(options);
    if (!opened)
      return std::unexpected{opened.error()};
    store = std::move(*opened);
  }
  return store.get();
}

store_actor::behavior_type store_worker(self_pointer self, storage::connect_options options) {
  self->state.options = std::move(options);
  using storage::store;
  return {
      [=](const take_all_shards& m) {
        return ask<shard_epochs>(self, [&](store& s) { return s.take_all_shards(m.node, m.now); });
      },
      [=](const check_shards& m) {
        return tell(self, [&](store& s) { return s.check_shards(m.epochs); });
      },
      [=](const find_user& m) {
        return ask<user_record>(self, [&](store& s) { return s.find_user(m.user); });
      },
      [=](const list_users&) {
        return ask_shared<user_list, std::vector<user_record>>(
            self, [](store& s) { return s.list_users(); });
      },
      [=](const upsert_user& m) {
        return ask<user_record>(self, [&](store& s) {
          return s.upsert_user(m.claim, m.user, m.sealed_token, m.token_expires_at, m.now);
        });
      },
      [=](const find_sealed_token& m) {
        return ask<sealed_token>(self, [&](store& s) { return s.find_sealed_token(m.user); });
      },
      [=](const note_read& m) {
        return tell(self, [&](store& s) { return s.note_read(m.claim, m.user, m.now); });
      },
      [=](const open_sync_log& m) {
        return tell(self, [&](store& s) { return s.open_sync_log(m.claim, *m.report); });
      },
      [=](const store_reply& m) {
        return ask<storage::store_outcome>(
            self, [&](store& s) { return s.store_reply(m.claim, m.user, *m.reply); });
      },
      [=](const close_sync& m) {
        return ask<user_record>(self, [&](store& s) { return s.close_sync(m.claim, *m.ending); });
      },
      [=](const close_interrupted_syncs& m) {
        return ask<interrupted_users>(self,
                                      [&](store& s) { return s.close_interrupted_syncs(m.now); });
      },
      [=](const load_analytics_input& m) {
        return ask_shared<loaded_analytics_input, storage::analytics_input>(
            self, [&](store& s) { return s.load_analytics_input(m.user); });
      },
      [=](const store_snapshot& m) {
        return ask<snapshot_stored>(
            self, [&](store& s) { return s.store_snapshot(m.claim, m.user, *m.snapshot); });
      },
      [=](const load_coverage& m) {
        return ask_shared<loaded_coverage, std::vector<stream_coverage>>(
            self, [&](store& s) { return s.load_coverage(m.user); });
      },
      [=](const load_present_days& m) {
        return ask_shared<loaded_present_days, std::vector<storage::present_days>>(
            self, [&](store& s) { return s.load_present_days(m.user, m.days); });
      },
      [=](const list_sync_reports& m) {
        return ask_shared<sync_report_list, std::vector<sync_report>>(
            self, [&](store& s) { return s.list_sync_reports(m.user, m.limit); });
      },
      [=](const forget_token& m) {
        return ask<user_record>(
            self, [&](store& s) { return s.disconnect_user(m.claim, m.user, m.now); });
      },
      [=](const erase_rows& m) {
        return tell(self, [&](store& s) { return s.erase_user(m.claim, m.user); });
      },
      [=](const find_webhook&) {
        return ask<found_webhook>(self, [](store& s) { return s.find_webhook(); });
      },
      [=](const put_webhook& m) {
        return tell(self, [&](store& s) { return s.put_webhook(m.record, m.now); });
      },
      [=](const keep_news& m) {
        return ask<kept_news>(self,
                              [&](store& s) { return s.keep_news(m.user, m.announced, m.now); });
      },
      [=](const take_pending_news& m) {
        return ask<pending_news_list>(self, [&](store& s) {
          return s.take_pending_news(m.now, m.takes_all ? store::news_age::any
                                                        : store::news_age::tried_long_ago);
        });
      },
      [=](const load_list& m) {
        return ask_shared<loaded_list, list_rows>(
            self, [&](store& s) { return s.load_list(m.user, m.kind, m.days); });
      },
      [=](const load_detail& m) {
        return ask<loaded_detail>(
            self, [&](store& s) { return s.load_detail(m.user, m.kind, m.key); },
            [](auto& found) {
              return *found ? loaded_detail{std::make_shared<const record_detail>(
                                  std::move(**found))}
                            : loaded_detail{};
            });
      },
      [=](const load_takeout_page& m) {
        return ask_shared<loaded_takeout_page, takeout_page>(
            self, [&](store& s) { return s.load_takeout_page(m.user, m.from); });
      },
      [=](const find_import& m) {
        return ask<found_import>(
            self, [&](store& s) { return s.find_import(m.user, m.job); },
            [](auto& found) {
              return *found ? found_import{std::make_shared<const import_report>(
                                  std::move(**found))}
                            : found_import{};
            });
      },
      [=](const list_keys&) { return ask<key_list>(self, [](store& s) { return s.list_keys(); }); },
      [=](const create_key& m) {
        return ask<api_key_record>(self,
                                   [&](store& s) { return s.create_key(m.record, m.policy); });
      },
      [=](const regenerate_key& m) {
        return ask<api_key_record>(
            self, [&](store& s) { return s.regenerate_key(m.id, m.hash, m.prefix, m.now); });
      },
      [=](const revoke_key& m) {
        return tell(self, [&](store& s) { return s.revoke_key(m.id); });
      },
      [=](const flush_key_usage& m) {
        return tell(self, [&](store& s) { return s.flush_key_usage(m.usage); });
      },
      [=](const put_oauth_state& m) {
        return tell(self, [&](store& s) { return s.put_oauth_state(m.record); });
      },
      [=](const take_oauth_state& m) {
        return ask<storage::oauth_state_record>(
            self, [&](store& s) {
              return s.take_oauth_state(m.state_hash, m.browser_hash, m.now);
            });
      },
      [=](const put_temporary_code& m) {
        return tell(self, [&](store& s) { return s.put_temporary_code(m.record); });
      },
      [=](const take_temporary_code& m) {
        return ask<storage::temporary_code_record>(
            self, [&](store& s) { return s.take_temporary_code(m.code_hash, m.client_id, m.now); });
      },
      [=](const change_budget& m) {
        budget_changed answer;
        const auto change = [&](polar_budget& budget) {
          answer.grant = budget.exchange(m.request);
          answer.left = budget;
        };
        return ask<budget_changed>(
            self, [&](store& s) { return s.change_budget(change); },
            [&](auto&) { return answer; });
      },
  };
}

} // namespace polar_flow::actors
