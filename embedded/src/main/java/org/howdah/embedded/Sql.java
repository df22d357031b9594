package org.howdah.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The few statements that running a cluster takes, each on a connection of its own. */
final class Sql {

    /** A frozen server accepts connections and never answers. */
    private static final Map<String, String> TIMEOUTS =
            Map.of("connectTimeout", "10", "loginTimeout", "10", "socketTimeout", "120");

    private final Server server;

    private Sql(Server server) {
        this.server = server;
    }

    static Sql on(Server server) {
        return new Sql(server);
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw failure(sql, failed);
        }
    }

    /** The first column of the only row; empty text for NULL. */
    String text(String sql, String... parameters) {
        List<String> texts = texts(sql, parameters);
        if (texts.size() != 1) {
            throw new EmbeddedException(
                    "\"%s\" gave %d rows in place of one.".formatted(sql, texts.size()),
                    "The log is " + server.log() + ".");
        }
        return texts.getFirst();
    }

    /** The first column of all rows. */
    List<String> texts(String sql, String... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return column(statement);
        } catch (SQLException failed) {
            throw failure(sql, failed);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(TIMEOUTS);
        return DriverManager.getConnection(server.jdbcUrl(), properties);
    }

    private static List<String> column(PreparedStatement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String value = rows.getString(1);
                texts.add(value == null ? "" : value);
            }
        }
        return texts;
    }

    private EmbeddedException failure(String sql, SQLException failed) {
        return new EmbeddedException(
                "The server on port %d refused \"%s\": %s"
                        .formatted(server.port(), sql, failed.getMessage()),
                "Its log is " + server.log() + ".",
                failed);
    }
}
