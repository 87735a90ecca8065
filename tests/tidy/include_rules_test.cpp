// Goal: the house keeps its shape. Method: every #include of the checkout is held against the
// table of allowed arrows; the check itself is tried on small made-up files first.
#define BOOST_TEST_DYN_LINK
#include "tests/tidy/rules.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(include_rules)

using namespace polar_flow::tidy;

BOOST_AUTO_TEST_CASE(finds_wrong_arrows) {
  const auto count = [](const char* path, const char* text) {
    return check_includes({path, text}).size();
  };
  BOOST_TEST(count("domain/time.cpp", "#include \"domain/time.hpp\"\n") == 0u);
  BOOST_TEST(count("domain/time.cpp", "#include \"config/settings.hpp\"\n") == 1u);
  BOOST_TEST(count("http/handlers.cpp", "#include \"storage/store.hpp\"\n") == 1u);
  BOOST_TEST(count("http/handlers.cpp", "#include \"actors/messages.hpp\"\n") == 1u);
  BOOST_TEST(count("http/gateway.cpp", "#include \"actors/messages.hpp\"\n") == 0u);
  BOOST_TEST(count("http/gateway.cpp", "#include \"actors/user.hpp\"\n") == 1u);
  BOOST_TEST(count("http/gateway.cpp", "#include \"caf/all.hpp\"\n") == 0u);
  BOOST_TEST(count("http/handlers.cpp", "#include <caf/all.hpp>\n") == 1u);
  BOOST_TEST(count("polar/requests.cpp", "#include <boost/beast.hpp>\n") == 1u);
  BOOST_TEST(count("polar/transport.cpp", "#include <boost/beast.hpp>\n") == 0u);
  BOOST_TEST(count("polar/transport_connection.cpp", "#include <boost/beast.hpp>\n") == 0u);
  BOOST_TEST(count("polar/transport.hpp", "#include <boost/asio.hpp>\n") == 1u);
  BOOST_TEST(count("simulator/main.cpp", "#include \"polar/readers.hpp\"\n") == 1u);
  BOOST_TEST(count("actors/user.cpp", "#include \"http/backend.hpp\"\n") == 1u);
  BOOST_TEST(count("actors/user.cpp", "#include <boost/json.hpp>\n") == 1u);
  BOOST_TEST(count("analytics/x.cpp", "#include <boost/pfr.hpp>\n") == 1u);
  BOOST_TEST(count("storage/x.cpp", "#include \"store.hpp\"\n") == 1u);
  BOOST_TEST(count("http/x.cpp", "#include \"commands/serve.hpp\"\n") == 1u);
  BOOST_TEST(count("main.cpp", "#include \"commands/serve.hpp\"\n") == 0u);
}

BOOST_AUTO_TEST_CASE(the_checkout_keeps_them) {
  const auto sources = read_sources();
  BOOST_TEST_REQUIRE(sources.size() > 50u);
  for (const auto& file : sources)
    for (const auto& violation : check_includes(file))
      BOOST_ERROR(violation);
}

BOOST_AUTO_TEST_SUITE_END()
