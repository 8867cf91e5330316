using Hypgcn.Configuration;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Configuration;

[TestFixture]
public sealed class ConfigurationSchemaTests
{
    [Test]
    public void ToJson_CommittedSchema_IsTheSame()
    {
        var path = Path.Combine(Repository.Root, "docs", "accelerator.schema.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, ConfigurationSchema.ToJson());
        }

        Assert.That(
            File.Exists(path) ? File.ReadAllText(path) : "", Is.EqualTo(ConfigurationSchema.ToJson()),
            "Regenerate with UPDATE_GOLDEN=1 dotnet test --filter ConfigurationSchemaTests");
    }
}
