#define BOOST_TEST_DYN_LINK
#include "actors/access.hpp"
#include "crypto/hash.hpp"
#include "tests/actors/user_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <vector>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

struct access_fixture : testing::user_fixture {
  access_fixture() {
    use(&node_actors::access, access_actor{system.spawn(actors::access, environment_ptr{env})});
    run();
  }

  access_actor gate() const {
    return node->actors()->access;
  }

  api_key_record& add_key(const std::string& name) {
    api_key_record record;
    record.id = api_key_id{static_cast<std::int64_t>(data->keys.size()) + 1};
    record.name = name;
    record.hash = crypto::sha256_hex(name);
    data->keys.push_back(record);
    return data->keys.back();
  }

  /// A key of the user 1001, made by an exchange; its hash.
  std::string issue_key(const std::optional<std::string>& client = {}) {
    const std::string code = "code " + std::to_string(data->keys.size());
    data->codes[crypto::sha256_hex(code)] = {crypto::sha256_hex(code), id, client,
                                             clock->now() + 1min};
    const auto issued = get<key_issued>(gate(), exchange_code{code, client});
    return issued ? crypto::sha256_hex(issued->api_key) : std::string{};
  }

  /// From here on lists of keys are as they were when they were asked for, and arrive only when
  /// the test says `release_lists`.
  void hold_lists() {
    slow_reads = system.spawn([this](caf::event_based_actor* self) -> caf::behavior {
      return {
          [this, self](const list_keys&) {
            auto promise = self->make_response_promise();
            held.push_back([promise, list = key_list{data->keys}]() mutable {
              promise.deliver(list);
            });
            return promise;
          },
          [this](caf::tick_atom) {
            for (auto& deliver : std::exchange(held, {}))
              deliver();
          },
      };
    });
    use(&node_actors::reads, caf::actor_cast<store_actor>(slow_reads));
  }

  void release_lists() {
    tell(slow_reads, caf::tick_atom_v);
  }

  caf::actor slow_reads;
  std::vector<std::function<void()>> held;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(access_keys, access_fixture)

BOOST_AUTO_TEST_CASE(active_keys_are_published_by_their_hash) {
  add_key("one");
  add_key("revoked").is_active = false;
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  const auto table = keys->load();
  BOOST_TEST(table->size() == 1u);
  BOOST_TEST(table->contains(crypto::sha256_hex("one")));
}

BOOST_AUTO_TEST_CASE(keys_made_elsewhere_appear_and_counters_stay) {
  add_key("one");
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  const auto entry = keys->load()->at(crypto::sha256_hex("one"));
  BOOST_TEST(entry->take(clock->now()).remaining == 999);
  add_key("two");
  advance(3s);
  BOOST_TEST(keys->load()->size() == 2u);
  BOOST_TEST((keys->load()->at(crypto::sha256_hex("one")) == entry));
  data->keys.front().is_active = false;
  advance(3s);
  BOOST_TEST(!keys->load()->contains(crypto::sha256_hex("one")));
}

BOOST_AUTO_TEST_CASE(counters_are_flushed_every_second_and_only_if_used) {
  add_key("one");
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  advance(3s);
  BOOST_TEST(data->usage.empty());
  keys->load()->at(crypto::sha256_hex("one"))->take(clock->now());
  advance(3s);
  BOOST_REQUIRE(data->usage.size() == 1u);
  BOOST_TEST(data->usage.front().remaining == 999);
  BOOST_TEST(data->usage.front().last_used_at.has_value());
}

BOOST_AUTO_TEST_CASE(counters_that_could_not_be_stored_are_stored_later) {
  add_key("one");
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  keys->load()->at(crypto::sha256_hex("one"))->take(clock->now());
  data->failures["flush_key_usage"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST(!get<done>(gate(), flush_keys{}).has_value());
  BOOST_TEST(get<done>(gate(), flush_keys{}).has_value());
  BOOST_TEST(data->usage.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_exchange_without_a_client_leaves_the_users_other_keys_alone) {
  add_key("command line").user = id;
  add_key("of another user").user = user_id{"1002"};
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  const auto first = issue_key();
  const auto second = issue_key();
  // The store and the published table agree at once, not only after the next reload.
  const auto table = keys->load();
  BOOST_TEST(table->contains(crypto::sha256_hex("command line")));
  BOOST_TEST(table->contains(crypto::sha256_hex("of another user")));
  BOOST_TEST(!table->contains(first));
  BOOST_TEST(table->contains(second));
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  BOOST_TEST(keys->load()->size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_list_from_before_a_new_key_does_not_hide_it) {
  add_key("one");
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  hold_lists();
  advance(2s);
  BOOST_REQUIRE(held.size() == 1u);
  const auto issued = issue_key();
  BOOST_TEST(keys->load()->contains(issued));
  add_key("made elsewhere");
  release_lists();
  BOOST_TEST(keys->load()->contains(issued));
  // The list is asked for again at once.
  BOOST_REQUIRE(held.size() == 1u);
  release_lists();
  BOOST_TEST(keys->load()->contains(issued));
  BOOST_TEST(keys->load()->contains(crypto::sha256_hex("made elsewhere")));
}

BOOST_AUTO_TEST_SUITE_END()
